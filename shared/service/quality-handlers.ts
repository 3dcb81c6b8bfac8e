import type { Handlers } from '../protocol/port';
import { auditLive, auditResults, failedAudits, failingRows } from './audits';
import { createTest } from './create-test';
import type { HostSession } from './session';
import { runTests } from './tests';

type QualityHandlers = Pick<Handlers, Extract<keyof Handlers, `audit.${string}` | `test.${string}`>>;

/** Audits and unit tests. */
export function qualityHandlers(host: HostSession): QualityHandlers {
  return {
    'audit.run': (request) => auditLive(host.workspace, request),
    'audit.results': (request) => auditResults(host.workspace, request),
    'audit.failures': (request) => failedAudits(host.workspace, request),
    'audit.rows': (request) => failingRows(host.workspace, request),
    'test.run': (request) => runTests(host.workspace, request),
    'test.create': (request) => createTest(host.workspace, request),
  };
}
