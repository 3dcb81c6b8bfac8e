import type { Problem } from '../base/errors';
import { numberOf, textOf, textOrNull } from '../base/rows';
import type { Session } from '../engine/contract';
import { appendEvent } from '../history/events';
import type { Plan, Target } from '../plan/types';
import { addDone, writeEditions } from '../release/lines';
import type { Version } from '../release/types';
import { FROM_NUMBER, OPEN_NUMBER, TO_NUMBER } from '../release/views';
import { id, sql } from '../sql/sql';

/** `running` and `paused` belong to a live host; `interrupted` is what a host that died left behind. */
export type RunState = 'running' | 'paused' | 'done' | 'failed' | 'stopped' | 'interrupted' | 'discarded';

/** A run that is not finished and can go on. */
export interface OpenRun {
  readonly id: string;
  readonly status: RunState;
  readonly startedAt: number;
  readonly plan: Plan;
}

export interface RunRecord {
  readonly id: string;
  readonly plan: Plan;
  readonly dirty: boolean;
  readonly engine: string;
  readonly at: number;
}

/** Writes the run down before anything else is written. */
export async function openRun(
  session: Session,
  run: RunRecord,
  sha256: (text: string) => string,
): Promise<void> {
  const { plan } = run;
  await session.transaction(async () => {
    await session.run(
      sql`INSERT INTO teal.run (id, kind, environment, title, status, user_name, commit_id, dirty, engine, started_at, rows_written, plan)
          VALUES (${run.id}, ${plan.kind}, ${plan.environment}, ${plan.title}, 'running', ${plan.user}, ${plan.commit}, ${run.dirty}, ${run.engine}, ${new Date(run.at)}, 0, ${JSON.stringify(plan)})`,
    );
    await writeEditions(session, plan.books.fresh);
    for (const record of plan.books.inherited) await addDone(session, record);
    await appendEvent(
      session,
      { at: run.at, kind: 'run.started', body: { run: run.id, plan: plan.id } },
      sha256,
    );
  });
}

export async function setRunState(
  session: Session,
  run: string,
  state: RunState,
  more: { at: number; problem?: Problem },
): Promise<void> {
  const ended = state === 'running' || state === 'paused' ? null : new Date(more.at);
  const problem = more.problem ? JSON.stringify(more.problem) : null;
  await session.run(
    sql`UPDATE teal.run SET status = ${state}, ended_at = ${ended}, problem = ${problem} WHERE id = ${run}`,
  );
}

/** Adds up what a run did so far: time spent and rows written. */
export async function tallyRun(session: Session, run: string, seconds: number): Promise<void> {
  await session.run(
    sql`UPDATE teal.run SET seconds = coalesce(seconds, 0) + ${seconds}, rows_written = (SELECT coalesce(sum(rows_written), 0) FROM teal.batch WHERE run = ${run}) WHERE id = ${run}`,
  );
}

/** Batches that are committed, by model. */
export async function finishedBatches(
  session: Session,
  run: string,
): Promise<ReadonlyMap<string, ReadonlyMap<number, { rows: number; milliseconds: number }>>> {
  const done = new Map<string, Map<number, { rows: number; milliseconds: number }>>();
  for (const row of await session.rows(
    sql`SELECT model, index, rows_written, milliseconds FROM teal.batch WHERE run = ${run}`,
  )) {
    const model = textOf(row, 'model');
    const batches = done.get(model) ?? new Map<number, { rows: number; milliseconds: number }>();
    batches.set(numberOf(row, 'index'), {
      rows: numberOf(row, 'rows_written'),
      milliseconds: numberOf(row, 'milliseconds'),
    });
    done.set(model, batches);
  }
  return done;
}

/** Runs that wait to go on, newest first. */
export async function unfinishedRuns(session: Session): Promise<readonly OpenRun[]> {
  const rows = await session.rows(
    sql`SELECT id, status, epoch_ms(started_at) AS started, plan FROM teal.run
        WHERE status IN ('running', 'paused', 'stopped', 'failed', 'interrupted') AND plan IS NOT NULL ORDER BY started_at DESC`,
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    status: textOf(row, 'status') as RunState,
    startedAt: numberOf(row, 'started'),
    plan: JSON.parse(textOrNull(row, 'plan') ?? '{}') as Plan,
  }));
}

/** Marks what a host that died left as running; whoever opens the warehouse is its only host. */
export async function markInterrupted(session: Session): Promise<void> {
  await session.run(sql`UPDATE teal.run SET status = 'interrupted' WHERE status IN ('running', 'paused')`);
}

/** Takes back all that an unfinished run wrote: its own segments go, and rows it closed in a tail are open again. */
export async function discardRun(session: Session, run: OpenRun, at: number): Promise<void> {
  await session.transaction(async () => {
    for (const model of run.plan.models) {
      const target = model.target;
      if (!target) continue;
      const [segment] = await session.rows(
        sql`SELECT table_name FROM teal.segment WHERE table_name = ${target.table}`,
      );
      if (!segment || (await isUsed(session, model.model, target))) continue;
      const table = id('teal_data', target.table);
      if (target.mode === 'tail') {
        await session.run(sql`DELETE FROM ${table} WHERE ${id(FROM_NUMBER)} = ${target.number}`);
        await session.run(
          sql`UPDATE ${table} SET ${id(TO_NUMBER)} = ${OPEN_NUMBER} WHERE ${id(TO_NUMBER)} = ${target.number}`,
        );
      } else {
        await session.run(sql`DROP TABLE IF EXISTS ${table}`);
        await session.run(sql`DELETE FROM teal.segment WHERE table_name = ${target.table}`);
      }
    }
    await setRunState(session, run.id, 'discarded', { at });
  });
}

/** Whether a version was formed of what a run wrote: parts of a plan that failed elsewhere count. */
async function isUsed(session: Session, model: string, target: Target): Promise<boolean> {
  const rows = await session.rows(sql`SELECT body FROM teal.version WHERE model = ${model}`);
  return rows
    .flatMap((row) => (JSON.parse(textOf(row, 'body')) as Version).entries)
    .some(
      (entry) => entry.segment === target.table && (target.mode !== 'tail' || entry.number === target.number),
    );
}
