import type { TestRow, TestValue } from './test-values';

/** How a test file says that its CSV is written; the names are pandas', which SQLMesh reads it with. */
export interface CsvSettings {
  readonly delimiter: string;
  readonly quote: string;
}

// What pandas takes for a missing value.
const MISSING = new Set([
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);

/** Rows of a CSV text with a header; a column of numbers or of true and false alone holds such values, any other text. */
export function readCsvRows(text: string, settings: CsvSettings): readonly TestRow[] {
  const [header, ...lines] = splitLines(text, settings);
  if (!header) return [];
  const columns = header.map((name, index) => ({
    name: name.trim(),
    read: readerOf(lines.map((line) => line[index] ?? '')),
  }));
  return lines.map((line) =>
    Object.fromEntries(columns.map(({ name, read }, index) => [name, read(line[index] ?? '')])),
  );
}

function readerOf(cells: readonly string[]): (cell: string) => TestValue {
  const known = cells.filter((cell) => !MISSING.has(cell));
  const every = (pattern: RegExp) => known.length > 0 && known.every((cell) => pattern.test(cell.trim()));
  const reading = (read: (cell: string) => TestValue) => (cell: string) =>
    MISSING.has(cell) ? null : read(cell);
  if (every(/^[+-]?\d+$/)) return reading((cell) => BigInt(cell.trim().replace('+', '')));
  if (every(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/)) return reading(Number);
  if (every(/^(true|false)$/i)) return reading((cell) => cell.trim().toLowerCase() === 'true');
  return reading((cell) => cell);
}

function splitLines(text: string, { delimiter, quote }: CsvSettings): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endLine = () => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') lines.push(cells);
    cells = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted && char === quote && text[at + 1] === quote) {
      cell += quote;
      at++;
    } else if (char === quote && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && text.startsWith(delimiter, at)) {
      cells.push(cell);
      cell = '';
      at += delimiter.length - 1;
    } else if (!quoted && char === '\n') endLine();
    else if (quoted || char !== '\r') cell += char;
  }
  endLine();
  return lines;
}
