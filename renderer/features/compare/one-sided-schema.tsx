import { useMemo } from 'react';
import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { GridColumn, LoadPage } from '../../ui/data-grid/grid-types';
import { countOf } from '../../ui/format';
import styles from './one-sided-schema.module.css';

const COLUMNS: readonly GridColumn[] = [
  { id: 'column', title: 'Column', kind: 'text', width: 220 },
  { id: 'type', title: 'Type', kind: 'text', width: 180 },
];

/** A model that only one side has: nothing to compare it with, so its columns alone. */
export function OneSidedSchema({ comparison, model }: { comparison: Comparison; model: ModelComparison }) {
  const isAdded = model.status === 'added';
  const load = useMemo((): LoadPage => {
    const rows = model.schema.map(({ column, old, new: current }) => [column, current ?? old]);
    return async ({ offset, limit }) => ({ rows: rows.slice(offset, offset + limit), total: rows.length });
  }, [model]);
  return (
    <>
      <p className={styles.note}>
        {isAdded
          ? `Only ${comparison.new} has this model: every row is new.`
          : `Only ${comparison.old} has this model: every row goes.`}{' '}
        {countOf(model.schema.length, 'column')}.
      </p>
      <div className={styles.grid}>
        <DataGrid label={`Columns of ${model.model}`} columns={COLUMNS} loadPage={load} />
      </div>
    </>
  );
}
