import { type Problem, placeText } from '../../shared/base/errors';

/** A plain table: columns padded to their widest cell, numbers to the right, two spaces between. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cells = rows.map((row) =>
    row.map((cell) => (cell === null ? '' : typeof cell === 'number' ? count(cell) : cell)),
  );
  const right = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === null),
  );
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), ...cells.map(line)].join('\n');
}

/** `41,114` */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

export function plural(value: number, word: string): string {
  const many = /(ch|sh|s|x)$/.test(word) ? `${word}es` : `${word}s`;
  return `${count(value)} ${value === 1 ? word : many}`;
}

export function share(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}

export function seconds(value: number | null): string {
  if (value === null) return '';
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
}

/** `2025-02-01` of an ISO moment at midnight, else with its time. */
export function moment(iso: string): string {
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** What, where, what was kept, what to do: a line each. */
export function problemText(problem: Problem): string {
  const place = placeText(problem.place);
  const lines = [`Error: ${problem.message}  [${problem.code}]`];
  if (place) lines.push(`Where: ${place}`);
  if (problem.kept) lines.push(`Kept:  ${problem.kept}`);
  if (problem.remedy) lines.push(`Next:  ${problem.remedy}`);
  if (problem.code === 'internal' && problem.cause) lines.push(problem.cause);
  return lines.join('\n');
}
