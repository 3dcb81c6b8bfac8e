import { useCallback } from 'react';
import type { ColumnProfile } from '../../../shared/protocol/views/common';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { GridColumn, LoadPage, RenderCell } from '../../ui/data-grid/grid-types';
import { formatCount, formatShare } from '../../ui/format';
import { Histogram } from '../../ui/histogram';
import { Shares } from '../../ui/shares';
import styles from './raw.module.css';

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', title: 'Column', kind: 'text' },
  { id: 'type', title: 'Type', kind: 'text' },
  { id: 'values', title: 'Values', kind: 'other', width: 120 },
  { id: 'nulls', title: 'Nulls', kind: 'number' },
  { id: 'share', title: 'Null share', kind: 'number' },
  { id: 'distinct', title: 'Distinct', kind: 'number' },
  { id: 'min', title: 'Min', kind: 'text' },
  { id: 'max', title: 'Max', kind: 'text' },
];
const VALUES = COLUMNS.findIndex(({ id }) => id === 'values');

/** Every column in a line: what type it was given, what is missing, how its values spread. */
export function ProfileTab({ detail }: { detail: SourceDetail }) {
  const { name, profile, loaded } = detail;
  const loadPage: LoadPage = useCallback(
    async ({ offset, limit }) => ({
      rows: profile.slice(offset, offset + limit).map((column) => profileRow(column, loaded)),
      total: profile.length,
    }),
    [profile, loaded],
  );
  const renderCell: RenderCell = useCallback(
    ({ row, column }) => {
      const found = column === VALUES ? profile[row] : undefined;
      return found && <Chart column={found} />;
    },
    [profile],
  );
  return (
    <DataGrid
      label={`Columns of raw.${name}`}
      columns={COLUMNS}
      loadPage={loadPage}
      renderCell={renderCell}
      emptyText="No columns"
    />
  );
}

function Chart({ column: { name, shape, bins } }: { column: ColumnProfile }) {
  const label = `Values of ${name}`;
  if (shape === 'unique') return <span className={styles.unique}>unique</span>;
  if (shape === 'none') return <span className={styles.unique}>no values</span>;
  return (
    <span className={styles.chart}>
      {shape === 'histogram' ? (
        <Histogram bins={bins} label={label} height={16} />
      ) : (
        <Shares parts={bins} label={label} />
      )}
    </span>
  );
}

function profileRow(column: ColumnProfile, rows: number): readonly unknown[] {
  const { name, type, nulls, distinct, min, max, shape } = column;
  const share = nulls === 0 || rows === 0 ? '' : formatShare(nulls / rows, 1);
  const none = distinct === 0 ? null : '';
  return [name, type, shape, formatCount(nulls), share, formatCount(distinct), min ?? none, max ?? none];
}
