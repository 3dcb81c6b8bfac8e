import type { IntervalRecord } from '../../release/editions';

const known = new WeakMap<readonly IntervalRecord[], ReadonlyMap<string, readonly IntervalRecord[]>>();

/** The records of one model among all of a warehouse, which are sorted by model the first time. */
export function recordsOf(records: readonly IntervalRecord[], model: string): readonly IntervalRecord[] {
  const sorted = known.get(records) ?? byModel(records);
  known.set(records, sorted);
  return sorted.get(model) ?? [];
}

function byModel(records: readonly IntervalRecord[]): ReadonlyMap<string, readonly IntervalRecord[]> {
  const sorted = new Map<string, IntervalRecord[]>();
  for (const record of records) {
    const own = sorted.get(record.model);
    if (own) own.push(record);
    else sorted.set(record.model, [record]);
  }
  return sorted;
}
