import type { ModelComparison, PartitionDiff } from '../../../shared/protocol/views/compare';
import { orderColumns } from './column-order';
import { heatLevel, heatTop } from './heat-scale';
import { buildSlots, buildTicks, type Slot, type Tick } from './timeline';

/** One line of the map: a column, or the rows that came and went, whose `column` is null. */
interface HeatRow {
  readonly id: string;
  readonly column: string | null;
  /** rows by slot; undefined where nothing was read */
  readonly counts: readonly (number | undefined)[];
  readonly levels: readonly number[];
}

export interface HeatMap {
  readonly slots: readonly Slot[];
  readonly ticks: readonly Tick[];
  readonly rows: readonly HeatRow[];
  /** the share that the darkest step stands for */
  readonly top: number;
}

const ROWS_LINE = '\u0000rows';

/** The picture of a model's change: columns by partitions, with the line of added and removed rows on top. */
export function buildHeatMap(model: ModelComparison, limit = Number.POSITIVE_INFINITY): HeatMap {
  const slots = buildSlots(model);
  const { added, removed } = model.counts;
  // Rows of a multiset have no partner, so their columns can't be held against each other.
  const names = model.key.length === 0 ? [] : orderColumns(model.columns).slice(0, limit);
  const columns = [...(added + removed > 0 ? [null] : []), ...names.map(({ name }) => name)];
  const shares = columns.map((column) =>
    slots.map(({ partition }) => partition && shareIn(partition, column)),
  );
  const top = heatTop(Math.max(0, ...shares.map((line) => Math.max(0, ...line.map((share) => share ?? 0)))));
  const rows = columns.map(
    (column, at): HeatRow => ({
      id: column ?? ROWS_LINE,
      column,
      counts: slots.map(({ partition }) => partition && countIn(partition, column)),
      levels: (shares[at] ?? []).map((share) => heatLevel(share ?? 0, top)),
    }),
  );
  return { slots, ticks: buildTicks(slots, model.partitionUnit), rows, top };
}

/** How many rows differ in a column within a partition; with null, how many came or went. */
export function countIn(partition: PartitionDiff, column: string | null): number {
  return column === null ? partition.added + partition.removed : (partition.columns[column] ?? 0);
}

/** The same as a share: of the rows that both sides have, or of the larger side for rows that came or went. */
export function shareIn(partition: PartitionDiff, column: string | null): number {
  const all = column === null ? Math.max(partition.old, partition.new) : partition.new - partition.added;
  return all <= 0 ? 0 : countIn(partition, column) / all;
}

/** Partitions in which rows differ in a column (all differing rows with null), most first. */
export function worstPartitions(model: ModelComparison, column: string | null): readonly PartitionDiff[] {
  const count = (partition: PartitionDiff): number =>
    column === null ? partition.added + partition.removed + partition.changed : countIn(partition, column);
  return model.partitions.filter((one) => count(one) > 0).toSorted((a, b) => count(b) - count(a));
}
