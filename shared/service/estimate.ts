import { numberOf, textOf } from '../base/rows';
import { totalLength } from '../base/time';
import type { Plan } from '../plan/types';
import { sql } from '../sql/sql';
import type { Workspace } from './workspace';

/** What recorded runs say of one model: rows and ms by hour of history, or by whole table. */
interface Pace {
  readonly rows: number;
  readonly milliseconds: number;
  readonly hours: number;
  readonly batches: number;
  readonly spread: number;
}

export interface Estimate {
  readonly models: ReadonlyMap<string, { readonly rows: number; readonly seconds: number }>;
  readonly total: {
    rows: number | null;
    seconds: number | null;
    errorSeconds: number | null;
    bytes: number | null;
    recordedRuns: number;
  };
}

const HOUR = 3_600_000;

/** Estimates a plan from the batches recorded so far; models never run before leave the total unknown. */
export async function estimatePlan(workspace: Workspace, plan: Plan): Promise<Estimate> {
  const { paces, runs, bytesPerRow } = await recorded(workspace);
  const models = new Map<string, { rows: number; seconds: number }>();
  let error = 0;
  const filled = plan.models.filter((model) => model.action === 'fill');
  for (const model of filled) {
    const pace = paces.get(model.model);
    if (!pace) continue;
    const share = model.whole
      ? model.batches.length / pace.batches
      : totalLength(model.batches) / HOUR / Math.max(pace.hours, 1);
    models.set(model.model, {
      rows: Math.round(pace.rows * share),
      seconds: (pace.milliseconds * share) / 1000,
    });
    error += (pace.spread * Math.sqrt(model.batches.length)) / 1000;
  }
  const known = models.size === filled.length;
  const rows = sum([...models.values()].map((model) => model.rows));
  const seconds = sum([...models.values()].map((model) => model.seconds));
  const bytes = known && bytesPerRow !== null ? Math.round(rows * bytesPerRow) : null;
  return {
    models,
    total: {
      rows: known ? rows : null,
      seconds: known ? seconds : null,
      errorSeconds: known ? error : null,
      bytes,
      recordedRuns: runs,
    },
  };
}

async function recorded(
  workspace: Workspace,
): Promise<{ paces: ReadonlyMap<string, Pace>; runs: number; bytesPerRow: number | null }> {
  return workspace.read(async (session) => {
    const rows = await session.rows(sql`
      SELECT model, sum(rows_written) AS n, sum(milliseconds) AS ms, sum(epoch_ms(end_at) - epoch_ms(start_at)) AS length, count(*) AS batches,
        coalesce(stddev_pop(milliseconds), 0) AS spread FROM teal.batch GROUP BY model`);
    const [runs] = await session.rows(
      sql`SELECT count(DISTINCT run) AS n, coalesce(sum(rows_written), 0) AS written FROM teal.batch`,
    );
    const paces = rows.map((row): [string, Pace] => [
      textOf(row, 'model'),
      {
        rows: numberOf(row, 'n'),
        milliseconds: numberOf(row, 'ms'),
        hours: numberOf(row, 'length') / HOUR,
        batches: numberOf(row, 'batches'),
        spread: numberOf(row, 'spread'),
      },
    ]);
    const written = runs ? numberOf(runs, 'written') : 0;
    const { warehouseBytes } = await workspace.engine.usage();
    return {
      paces: new Map(paces),
      runs: runs ? numberOf(runs, 'n') : 0,
      bytesPerRow: written > 0 ? warehouseBytes / written : null,
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
