import type { ColumnMatch, DiffRow } from '../../../shared/protocol/views/compare';
import { cellText } from '../../ui/data-grid/cell-text';
import { toGridColumns } from '../../ui/data-grid/grid-columns';
import type { GridColumn } from '../../ui/data-grid/grid-types';
import { gridOrder } from './column-order';

type Side = 'both' | 'old' | 'new';

/** A column of the row grid: which of a row's values it shows, and of which side. */
export interface DiffColumn {
  readonly grid: GridColumn;
  readonly name: string;
  /** its place in the rows of `compare.rows`; -1 is the sign */
  readonly at: number;
  readonly side: Side;
}

export interface DiffCell {
  readonly old: unknown;
  readonly new: unknown;
  readonly hasOld: boolean;
  readonly hasNew: boolean;
  readonly isChanged: boolean;
}

export const SIGNS = { added: '+', removed: '−', changed: '±', same: '=' } as const;
const SIGN_WIDTH = 32;
/** The padding of a marked value and the gap before it. */
const MARKED = 16;

const SIGN: DiffColumn = {
  grid: { id: '\u0000sign', title: '±', kind: 'other', width: SIGN_WIDTH, type: 'added, removed or changed' },
  name: '',
  at: -1,
  side: 'both',
};

/** The grid's columns: sign, key, the rest; side by side, each differing column stands twice. */
export function diffColumns(
  columns: readonly ColumnMatch[],
  layout: { readonly changedOnly: boolean; readonly isBeside: boolean },
): readonly DiffColumn[] {
  const keys = columns.filter(({ key }) => key).map(({ name }) => name);
  const shown = gridOrder(columns, layout.changedOnly).flatMap((column): DiffColumn[] => {
    const grid = toGridColumns([column], { keys })[0];
    if (!grid) return [];
    const both: DiffColumn = { grid, name: column.name, at: columns.indexOf(column), side: 'both' };
    if (column.differ === 0) return [both];
    if (!layout.isBeside) return [{ ...both, grid: { ...grid, extra: 2 * MARKED } }];
    return [sideOf(both, 'old'), sideOf(both, 'new')];
  });
  return [SIGN, ...shown];
}

function sideOf(column: DiffColumn, side: 'old' | 'new'): DiffColumn {
  const { id, title } = column.grid;
  const grid = { ...column.grid, id: `${id}\u0000${side}`, title: `${title}, ${side}`, extra: MARKED };
  return { ...column, grid, side };
}

export function diffCell(row: DiffRow, column: { readonly at: number; readonly name: string }): DiffCell {
  return {
    old: row.old?.[column.at],
    new: row.new?.[column.at],
    hasOld: row.old !== null,
    hasNew: row.new !== null,
    isChanged: row.changed.includes(column.name),
  };
}

/** A cell as it is copied, and by which widths are fitted. */
export function diffText(row: DiffRow, column: DiffColumn): string {
  if (column.at < 0) return SIGNS[row.kind];
  const cell = diffCell(row, column);
  if (column.side === 'old') return cell.hasOld ? cellText(cell.old) : '';
  if (column.side === 'new') return cell.hasNew ? cellText(cell.new) : '';
  if (!cell.isChanged) return cellText(cell.hasNew ? cell.new : cell.old);
  return `− ${cellText(cell.old)} + ${cellText(cell.new)}`;
}
