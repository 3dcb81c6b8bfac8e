import { useMemo } from 'react';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { GridCell, GridColumn, LoadPage } from '../../ui/data-grid/grid-types';
import styles from './column-map.module.css';
import type { CompareView } from './compare-view';
import { toggleCell, toggleSpan } from './filters';
import type { HeatMap } from './heat-map';
import { partitionName, unitName } from './timeline';

const FIXED = ['old rows', 'new rows', 'added', 'removed', 'changed'] as const;

/** The map in numbers: a line a partition that differs; Enter or a double click lists its rows. */
export function PartitionTable(props: { model: ModelComparison; map: HeatMap; view: CompareView }) {
  const { model, map, view } = props;
  const { columns, load, partitions, names } = useMemo(() => tableOf(model, map), [model, map]);
  const open = ({ row, column }: GridCell): void => {
    const partition = partitions[row];
    if (!partition) return;
    const name = names[column - FIXED.length - 1];
    view.setFilters(
      name === undefined ? toggleSpan(view.filters, partition) : toggleCell(view.filters, partition, name),
    );
  };
  return (
    <div className={styles.table}>
      <DataGrid label="Partitions that differ" columns={columns} loadPage={load} onOpen={open} />
    </div>
  );
}

function tableOf(model: ModelComparison, map: HeatMap) {
  const partitions = map.slots.flatMap(({ partition }) =>
    partition && partition.added + partition.removed + partition.changed > 0 ? [partition] : [],
  );
  const differing = new Set(model.columns.filter(({ differ }) => differ > 0).map(({ name }) => name));
  const names = map.rows.flatMap(({ column }) => (column !== null && differing.has(column) ? [column] : []));
  const number = (title: string): GridColumn => ({ id: title, title, kind: 'number' });
  const unit = unitName(model.partitionUnit);
  const columns: GridColumn[] = [{ id: '', title: unit, kind: 'time' }, ...[...FIXED, ...names].map(number)];
  const rows = partitions.map((one) => [
    partitionName(one.from, model.partitionUnit),
    ...[one.old, one.new, one.added, one.removed, one.changed],
    ...names.map((name) => one.columns[name] ?? 0),
  ]);
  const load: LoadPage = async ({ offset, limit }) => ({
    rows: rows.slice(offset, offset + limit),
    total: rows.length,
  });
  return { columns, load, partitions, names };
}
