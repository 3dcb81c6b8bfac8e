import type { ColumnMatch, ModelComparison, PartitionDiff } from '../../../shared/protocol/views/compare';

const DAY = 86_400_000;

export function day(name: string, more: Partial<PartitionDiff> = {}): PartitionDiff {
  const from = Date.parse(`${name}T00:00:00Z`);
  const empty = { old: 100, new: 100, added: 0, removed: 0, changed: 0, columns: {} };
  return { from: new Date(from).toISOString(), to: new Date(from + DAY).toISOString(), ...empty, ...more };
}

export function column(name: string, more: Partial<ColumnMatch> = {}): ColumnMatch {
  return { name, type: 'VARCHAR', key: false, differ: 0, match: 1, ...more };
}

export function comparedModel(more: Partial<ModelComparison> = {}): ModelComparison {
  return {
    model: 'mart.sales',
    status: 'changed',
    key: ['id'],
    keySource: 'grain',
    duplicateKeys: { old: 0, new: 0 },
    counts: { added: 0, removed: 0, changed: 0, same: 0, old: 0, new: 0 },
    score: 1,
    schema: [],
    columns: [],
    partitionColumn: 'sold_at',
    partitionUnit: 'day',
    partitions: [],
    shared: [],
    older: [],
    wholeShared: false,
    ...more,
  };
}
