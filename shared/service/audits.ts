import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { DAY, type Interval, toDay, toIso } from '../base/time';
import type { Session } from '../engine/contract';
import { standingOver } from '../plan/graph';
import { baseOf } from '../plan/lookup';
import type { Model } from '../project/model';
import { parseInclusiveEnd, parseMoment, parseNumber, parseRelative } from '../project/moment';
import { pinAudit } from '../project/pin-audit';
import type { CommandOutput, CommandRequest } from '../protocol/table';
import type { AuditFailureView } from '../protocol/views/quality';
import { reportAudits } from '../quality/audit-report';
import {
  type KeptFailure,
  keepOutcomes,
  listFailures,
  listSummaries,
  readFailingRows,
  readOutcomes,
} from '../quality/audit-store';
import { type AuditOutcome, NO_ROWS, runAudit } from '../quality/run-audit';
import type { Version, WarehouseState } from '../release/types';
import { versionViewName, withinSpan } from '../release/views';
import { tableNameOf } from '../sql/references';
import { id, type Sql, sql } from '../sql/sql';
import { readingAs } from './reading';
import type { Workspace } from './workspace';

interface Auditing {
  readonly workspace: Workspace;
  readonly span: Interval | null;
  readonly executionTime: number;
}

/**
 * Runs the audits of the project over what prod shows: models by time over the range that is asked for, others over the whole table,
 * and those that stand alone over what they read. Any failed audit makes it not ok, blocking or not, as in SQLMesh.
 */
export async function auditLive(
  workspace: Workspace,
  request: CommandRequest<'audit.run'>,
): Promise<CommandOutput<'audit.run'>> {
  const now = workspace.platform.now();
  const executionTime = momentOf('--execution-time', request.executionTime, now) ?? now;
  const auditing = { workspace, span: spanOf(request, executionTime, now), executionTime };
  const run = `a-${workspace.platform.randomId()}`;
  const state = await workspace.state();
  const models = auditedModels(workspace, request.models);
  const found: { model: string; outcomes: readonly AuditOutcome[] }[] = [];
  for (const model of models)
    found.push({ model: model.name, outcomes: await auditModel(auditing, state, model) });
  const batch = auditing.span ? spanText(auditing.span) : 'whole table';
  return workspace.write(async (session) => {
    await session.transaction(async () => {
      for (const { model, outcomes } of found)
        await keepOutcomes(session, { run, model, batch, at: workspace.platform.now() }, outcomes);
    });
    workspace.hub.changed('history');
    const audits = reportAudits(await readOutcomes(session, run));
    return {
      ok: audits.every((audit) => (audit.failedRows ?? 0) === 0),
      run,
      audits: audits.map((audit) => ({ ...audit, ...(audit.args ? { args: { ...audit.args } } : {}) })),
      failures: (await listFailures(session, { run })).map(failureView).reverse(),
    };
  });
}

/** What came of a model's audits, and of those that stand alone and read it, run by run. */
export async function auditResults(
  workspace: Workspace,
  { model }: CommandRequest<'audit.results'>,
): Promise<CommandOutput<'audit.results'>> {
  const name = model.toLowerCase();
  const alone = standingOver(workspace.code, name).map((audit) => audit.name);
  const summaries = await workspace.read((session) => listSummaries(session, [name, ...alone]));
  return { results: summaries.map((one) => ({ ...one, args: { ...one.args }, at: toIso(one.at) })) };
}

/** Failed audits whose rows are kept, newest first. */
export async function failedAudits(
  workspace: Workspace,
  request: CommandRequest<'audit.failures'>,
): Promise<CommandOutput<'audit.failures'>> {
  const of = {
    ...(request.run === undefined ? {} : { run: request.run }),
    ...(request.model === undefined ? {} : { model: request.model }),
  };
  return { failures: (await workspace.read((session) => listFailures(session, of))).map(failureView) };
}

/** A page of the rows that failed an audit. */
export async function failingRows(
  workspace: Workspace,
  request: CommandRequest<'audit.rows'>,
): Promise<CommandOutput<'audit.rows'>> {
  return workspace.read(async (session) => {
    const [failure] = await listFailures(session, { id: request.failure });
    if (!failure)
      throw fault('run.not_found', `There are no kept rows of ${request.failure}.`, {
        remedy: 'List the failed audits again.',
      });
    const rows = await readFailingRows(session, failure.id, request);
    return {
      columns: failure.columns.map((column) => ({ ...column })),
      rows: rows.map((row) => [...row]),
      offset: request.offset,
      total: failure.keptRows,
    };
  });
}

async function auditModel(
  auditing: Auditing,
  state: WarehouseState,
  model: Model,
): Promise<readonly AuditOutcome[]> {
  const { workspace, span, executionTime } = auditing;
  if (model.audits.length === 0) return [];
  const alone = model.kind.name === 'AUDIT';
  const version = baseOf(state, PROD, model.name);
  if (!version && !alone)
    throw fault('plan.refused', `${model.name} has no rows in prod yet, so it cannot be audited.`, {
      kept: 'Nothing was written.',
      remedy: 'Plan first: teal plan.',
      place: { file: model.file, model: model.name },
    });
  const { project } = workspace.code;
  return readingAs(workspace, PROD, async (session: Session) => {
    const outcomes: AuditOutcome[] = [];
    for (const call of model.audits) {
      const outcome = await runAudit(pinAudit(project, model, call), {
        session,
        model: model.name,
        rows: version ? liveRows(version, span) : NO_ROWS,
        macros: {
          start: span?.from ?? model.start ?? 0,
          end: span?.to ?? executionTime,
          executionTime,
          variables: project.config.variables,
          blueprint: model.blueprint,
        },
      });
      outcomes.push(outcome);
    }
    return outcomes;
  });
}

function liveRows(version: Version, span: Interval | null): Sql {
  const view = id(...versionViewName(version.model, version.number));
  if (!version.time || !span) return view;
  return sql`(SELECT * FROM ${view} AS live_rows WHERE ${withinSpan(version.time, span.from, span.to)})`;
}

function auditedModels(workspace: Workspace, names: readonly string[] | undefined): readonly Model[] {
  const { models } = workspace.code.project;
  const { standing } = workspace.code.graph;
  if (names === undefined || names.length === 0) return [...models.values(), ...standing];
  return names.map((name) => {
    const alone = standing.find((audit) => audit.name === name.toLowerCase());
    const model = alone ?? models.get(tableNameOf(name));
    if (!model)
      throw fault('model.not_found', `There is no model ${name}.`, { remedy: 'teal dag lists them.' });
    return model;
  });
}

function spanOf(request: CommandRequest<'audit.run'>, executionTime: number, now: number): Interval | null {
  if (request.start === undefined && request.end === undefined) return null;
  const from = momentOf('--start', request.start, now) ?? 0;
  const to = parseInclusiveEnd(request.end ?? '') ?? momentOf('--end', request.end, now) ?? executionTime;
  return { from, to };
}

function momentOf(flag: string, text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  const moment = parseMoment(text) ?? parseNumber(text) ?? parseRelative(text, now);
  if (moment === null) throw notMoment(flag, text);
  return moment;
}

function notMoment(flag: string, text: string) {
  return fault('usage.invalid', `${flag}: ${text} is not a date.`, {
    remedy: 'Write 2025-02-01, "2025-02-01 06:00:00" or "1 week ago".',
  });
}

function spanText(span: Interval): string {
  const [first, last] = [toDay(span.from), toDay(span.to - 1)];
  if (span.from % DAY !== 0 || span.to % DAY !== 0) return `${toIso(span.from)} to ${toIso(span.to)}`;
  return first === last ? first : `${first} to ${last}`;
}

function failureView(failure: KeptFailure): AuditFailureView {
  return {
    ...failure,
    columns: failure.columns.map((column) => ({ ...column })),
    at: toIso(failure.at),
  };
}
