import { useCallback } from 'react';
import type { Comparison, DiffRow, ModelComparison } from '../../../shared/protocol/views/compare';
import { callHost } from '../../store/host';
import type { GridRow, LoadPage } from '../../ui/data-grid/grid-types';
import { type DiffColumn, diffText } from './diff-values';
import { type Filters, toRequest } from './filters';

// The grid knows a row as its cells' texts; what it came from is found again by identity.
const origins = new WeakMap<GridRow, DiffRow>();

/** The differing row behind a row of the grid. */
export function diffRowOf(values: GridRow): DiffRow | undefined {
  return origins.get(values);
}

export interface DiffPages {
  readonly comparison: Comparison;
  readonly model: ModelComparison;
  readonly filters: Filters;
  readonly columns: readonly DiffColumn[];
}

/** Pages of differing rows for the grid. */
export function useDiffPages({ comparison, model, filters, columns }: DiffPages): LoadPage {
  const { id, at } = comparison;
  const name = model.model;
  return useCallback(
    async ({ offset, limit, signal }) => {
      // Comparing again gives the same id other rows; a new function makes the grid ask for them.
      void at;
      const input = { comparison: id, model: name, ...toRequest(filters), offset, limit };
      const page = await callHost('compare.rows', input, { signal });
      const rows = page.rows.map((row) => {
        const values = columns.map((column) => diffText(row, column));
        origins.set(values, row);
        return values;
      });
      return { rows, total: page.total };
    },
    [id, at, name, filters, columns],
  );
}
