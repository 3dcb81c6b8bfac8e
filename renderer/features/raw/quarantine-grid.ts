import type { QuarantinedRow } from '../../../shared/protocol/views/raw';
import type { GridColumn, GridRow } from '../../ui/data-grid/grid-types';
import { formatCount } from '../../ui/format';
import { baseName } from './source-words';

const FACTS = [
  { id: 'file', title: 'File', kind: 'text', width: 160, narrow: 96 },
  { id: 'line', title: 'Line', kind: 'number', width: 72, narrow: 60 },
  { id: 'column', title: 'Column', kind: 'text', width: 112, narrow: 88 },
  { id: 'reason', title: 'Reason', kind: 'text', width: 132, narrow: 116 },
] as const;
const NARROW = 640;
const LEAST_RAW = 200;
const PADDING = 24;
/** the advance of a letter of the code type at 12 px */
const LETTER = 7.2;

/** The columns of the quarantine; the raw line takes what room is left, and has that many letters. */
export function quarantineColumns(
  hasFiles: boolean,
  width: number,
): { columns: readonly GridColumn[]; letters: number } {
  const before = FACTS.filter(({ id }) => hasFiles || id !== 'file').map(
    ({ narrow, ...column }): GridColumn => (width < NARROW ? { ...column, width: narrow } : column),
  );
  const taken = before.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const room = Math.max(LEAST_RAW, width - taken);
  const raw: GridColumn = {
    id: 'raw',
    title: 'The line as it stands in the file',
    kind: 'text',
    width: room,
  };
  return { columns: [...before, raw], letters: Math.floor((room - PADDING) / LETTER) };
}

/** A row's cells in the order of the columns; the ends of its bad part stand behind the last of them. */
export function quarantineRow(row: QuarantinedRow, columns: readonly GridColumn[]): GridRow {
  const cells: Readonly<Record<string, unknown>> = {
    file: baseName(row.file),
    line: formatCount(row.line),
    column: row.column,
    reason: row.reason,
    raw: row.raw,
  };
  return [...columns.map(({ id }) => cells[id]), row.start, row.end];
}

/** The line of such a row. */
export function lineOf(values: GridRow): { raw: string; start: number; end: number } {
  const [raw, start, end] = values.slice(-3);
  return { raw: String(raw), start: Number(start), end: Number(end) };
}
