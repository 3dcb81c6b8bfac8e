import { cellText } from './cell-text';
import type { ColumnKind, GridColumn, GridRow } from './grid-types';

const LETTER = 7.6;
const PADDING = 24;
const NARROWEST: Readonly<Record<ColumnKind, number>> = { number: 64, time: 96, text: 72, other: 96 };
const NARROWEST_PROFILE = 72;
const FACT_ICON = 2;
const WIDEST = 320;
const MOST_GROWTH = 96;

/** Widths of columns in pixels: as asked, or by title and sample; those share what room is left, up to a limit. */
export function fitWidths(
  columns: readonly GridColumn[],
  sample: readonly GridRow[],
  room: number,
): number[] {
  const fitted = columns.map((column, at) => column.width ?? fitColumn(column, at, sample));
  const left = room - fitted.reduce((sum, width) => sum + width, 0);
  const growing = columns.filter((column) => column.width === undefined).length;
  const growth = Math.max(0, Math.min(MOST_GROWTH, Math.floor(left / Math.max(1, growing))));
  return fitted.map((width, at) => (columns[at]?.width === undefined ? width + growth : width));
}

function fitColumn(column: GridColumn, at: number, sample: readonly GridRow[]): number {
  const icon = column.isKey ? 3 : 0;
  const fact = column.profile ? column.profile.fact.length + FACT_ICON : 0;
  const head = Math.max(column.title.length + icon, fact);
  const letters = sample.reduce((most, row) => Math.max(most, cellText(row[at]).length), head);
  const least = column.profile ? NARROWEST_PROFILE : NARROWEST[column.kind];
  return Math.round(Math.min(WIDEST, Math.max(least, letters * LETTER + PADDING + (column.extra ?? 0))));
}
