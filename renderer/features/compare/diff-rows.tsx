import { useCallback, useMemo, useState } from 'react';
import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { goTo } from '../../store/choices/room';
import { selectModel } from '../../store/choices/selection';
import { Button } from '../../ui/button';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { GridCell, GridColumn } from '../../ui/data-grid/grid-types';
import { EmptyState } from '../../ui/empty-state';
import { countOf } from '../../ui/format';
import type { CompareView } from './compare-view';
import { DiffCellView } from './diff-cell';
import styles from './diff-rows.module.css';
import { diffColumns } from './diff-values';
import { RowsHead } from './rows-head';
import { diffRowOf, useDiffPages } from './use-diff-pages';

export interface DiffRowsProps {
  readonly comparison: Comparison;
  readonly model: ModelComparison;
  readonly view: CompareView;
}

/** The differing rows that the filters leave, with their changed cells marked. */
export function DiffRows({ comparison, model, view }: DiffRowsProps) {
  const { changedOnly, isBeside, filters } = view;
  const columns = useMemo(
    () => diffColumns(model.columns, { changedOnly: changedOnly && hasChanged(model), isBeside }),
    [model, changedOnly, isBeside],
  );
  const gridColumns = useMemo(() => columns.map(({ grid }) => grid), [columns]);
  const [total, setTotal] = useState<number | null>(null);
  const showTotal = useCallback((range: { total: number | null }) => setTotal(range.total), []);
  const load = useDiffPages({ comparison, model, filters, columns });
  const renderCell = useCallback(
    (cell: GridCell, _column: GridColumn) => {
      const row = diffRowOf(cell.values);
      const column = columns[cell.column];
      return row && column && <DiffCellView row={row} column={column} />;
    },
    [columns],
  );
  const inspect = (cell: GridCell): void => {
    const row = diffRowOf(cell.values);
    if (row) view.inspect({ kind: 'row', row });
  };
  const isSame = filters.kinds.includes('same');
  return (
    <section className={styles.section} aria-label="Rows">
      <RowsHead model={model} view={view} total={isSame ? null : total} hasChanged={hasChanged(model)} />
      {isSame ? (
        <SameRows model={model} />
      ) : (
        <div className={styles.grid}>
          <DataGrid
            label="Rows that differ"
            columns={gridColumns}
            loadPage={load}
            renderCell={renderCell}
            onSelect={(cell) => view.isInspectorOpen && inspect(cell)}
            onOpen={inspect}
            onRange={showTotal}
            emptyText="No differing row is left by these filters."
          />
        </div>
      )}
    </section>
  );
}

function SameRows({ model: { model, counts } }: { model: ModelComparison }) {
  return (
    <EmptyState
      title={`${countOf(counts.same, 'row')} equal on both sides`}
      text="Equal rows are counted, not kept. The model's data has them."
    >
      <Button
        icon="canvas"
        onPress={() => {
          selectModel(model);
          goTo('canvas');
        }}
      >
        Show on the canvas
      </Button>
    </EmptyState>
  );
}

function hasChanged({ counts, columns }: ModelComparison): boolean {
  return counts.changed > 0 && columns.some(({ differ }) => differ > 0);
}
