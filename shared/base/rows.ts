/** One row by column name. Big integers, decimals, dates and times are text, as the engines' JSON converters give them. */
export type Row = Readonly<Record<string, unknown>>;

/** A count or other whole number of a row; engines give big ones as text. */
export function numberOf(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === 'number' ? value : Number(value);
  if (value === null || value === undefined || Number.isNaN(number))
    throw new Error(`Column ${column} holds no number.`);
  return number;
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Column ${column} holds no text.`);
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null || row[column] === undefined ? null : numberOf(row, column);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null || row[column] === undefined ? null : textOf(row, column);
}

export function booleanOf(row: Row, column: string): boolean {
  return row[column] === true;
}
