// SQLMesh shows rows of intervals that it read before a step; Teal reads them after it.
import { differences } from '../runner/differences';
import type { DoneRow, IntervalRows } from '../runner/format';
import type { State } from '../runner/judge';

export const READ_BEFORE = 'read-before';

export interface Readings {
  readonly environment: string;
  /** rows that changed in SQLMesh, and all of them after the step */
  readonly changed: IntervalRows;
  readonly recorded: State;
  /** what Teal showed before and after */
  readonly before: State;
  readonly after: State;
}

/** What Teal showed, with the rows that SQLMesh had not read again as they were; `applied`: there are such. */
export function asReadBefore(readings: Readings): { readonly state: State; readonly applied: boolean } {
  const { environment, before, after } = readings;
  let applied = false;
  const state = Object.entries(after).map(([name, rows]) => {
    const shown = Object.entries(rows).map(([model, row]) => {
      const old = before[name]?.[model];
      if (name === environment || !old || !isReadLater(readings, { name, model, row, old }))
        return [model, row];
      applied = true;
      return [model, old];
    });
    return [name, Object.fromEntries(shown)] as const;
  });
  return { state: Object.fromEntries(state), applied };
}

interface Shown {
  readonly name: string;
  readonly model: string;
  readonly row: DoneRow;
  readonly old: DoneRow;
}

/** Whether a row changed in Teal alone, to what the step's own environment holds of that model by SQLMesh's record. */
function isReadLater(
  { environment, changed, recorded }: Readings,
  { name, model, row, old }: Shown,
): boolean {
  const own = recorded[environment]?.[model];
  if (changed[name]?.[model] !== undefined || !changed[environment]?.[model] || !own) return false;
  const inDev = [own.done_in_dev_table, old.done_in_dev_table];
  return (
    differences(old, row).length > 0 &&
    differences(own.done, row.done).length === 0 &&
    inDev.some((spans) => differences(spans ?? [], row.done_in_dev_table ?? []).length === 0)
  );
}
