import { type Capabilities, type Engine, withSession } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { auditCases } from './cases-audits';
import { resultCases } from './cases-results';
import { sessionCases } from './cases-sessions';
import { transactionCases } from './cases-transactions';
import { relationQueries } from './queries-relations';
import { valueQueries } from './queries-values';
import type { ContractCase, ContractQuery, Harness } from './types';

/** Queries whose rows must be equal on every engine. */
const contractQueries: readonly ContractQuery[] = [...valueQueries, ...relationQueries];

/** Behaviours that every engine must have. */
const contractCases: readonly ContractCase[] = [
  ...resultCases,
  ...sessionCases,
  ...transactionCases,
  ...auditCases,
];

/**
 * Declares the contract's tests for one engine. Behaviours get a fresh engine each, queries share one, which is closed at the end.
 * A case whose needs the engine lacks passes without running.
 */
export function engineContract(name: string, harness: Harness, openEngine: () => Promise<Engine>): void {
  const { test, expect } = harness;
  for (const { name: title, needs = [], run } of contractCases) {
    test(`${name}: ${title}`, async () => {
      const engine = await openEngine();
      try {
        if (hasAll(engine, needs)) await run(engine, expect);
      } finally {
        await engine.close();
      }
    });
  }
  let shared: Promise<Engine> | undefined;
  for (const { name: title, needs = [], sql, rows } of contractQueries) {
    test(`${name}: rows of "${title}"`, async () => {
      shared ??= openEngine();
      const engine = await shared;
      if (hasAll(engine, needs)) expect(await rowsOf(engine, sql)).toEqual(rows);
    });
  }
  harness.afterAll?.(async () => (await shared)?.close());
}

function hasAll(engine: Engine, needs: readonly (keyof Capabilities)[]): boolean {
  return needs.every((need) => engine.info.capabilities[need]);
}

async function rowsOf(engine: Engine, text: string): Promise<unknown[]> {
  return withSession(engine, 'interactive', async (session) => {
    const rows: unknown[] = [];
    for await (const page of session.pages(authored(text))) rows.push(...page.rows);
    return rows;
  });
}
