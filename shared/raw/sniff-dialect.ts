import type { CsvDialect } from './csv-reader';
import { fieldsOf } from './split-line';

const delimiters = [',', ';', '\t', '|'] as const;
const quotes = ['"', "'"] as const;

/**
 * The dialect of a text by its first lines: the delimiter that cuts most lines into the same number of fields, more than one; the
 * quote that more fields wear; a header where the first line reads like names.
 */
export function sniffDialect(lines: readonly string[], encoding = 'utf-8'): CsvDialect {
  const filled = lines.filter((line) => line.trim() !== '');
  const quote = sniffQuote(filled);
  const scored = delimiters.map((delimiter) => ({
    delimiter,
    ...score(filled, { delimiter, quote, header: true, encoding }),
  }));
  const [best] = scored.toSorted(
    (a, b) => b.share * Math.log(b.fields + 1) - a.share * Math.log(a.fields + 1),
  );
  const delimiter = best && best.fields > 1 && best.share >= 0.5 ? best.delimiter : ',';
  const dialect = { delimiter, quote, header: true, encoding };
  return { ...dialect, header: sniffHeader(filled.map((line) => fieldsOf(line, dialect))) };
}

function score(lines: readonly string[], dialect: CsvDialect): { fields: number; share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const fields = fieldsOf(line, dialect).length;
    counts.set(fields, (counts.get(fields) ?? 0) + 1);
  }
  const [most] = [...counts].filter(([fields]) => fields > 1).toSorted((a, b) => b[1] - a[1]);
  return most ? { fields: most[0], share: most[1] / lines.length } : { fields: 1, share: 0 };
}

function sniffQuote(lines: readonly string[]): string {
  const worn = quotes.map((quote) => {
    const field = new RegExp(`(?:^|[,;\\t|])${quote}[^${quote}]*${quote}(?=$|[,;\\t|])`, 'g');
    return lines.reduce((sum, line) => sum + (line.match(field)?.length ?? 0), 0);
  });
  return (worn[1] ?? 0) > (worn[0] ?? 0) ? "'" : '"';
}

function sniffHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...rest] = rows;
  const names = first.map((name) => name.trim());
  if (names.some((name) => name === '' || isValue(name)) || new Set(names).size < names.length) return false;
  const typed = names.some(
    (_, index) =>
      rest.length > 0 && rest.filter((row) => isValue((row[index] ?? '').trim())).length > rest.length / 2,
  );
  if (typed) return true;
  const repeats = names.some((name, index) => rest.some((row) => row[index]?.trim() === name));
  return !repeats && names.every((name) => /^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(name));
}

function isValue(text: string): boolean {
  return (
    /^[+-]?[\d.,]*\d([eE][+-]?\d+)?%?$/.test(text) ||
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(text) ||
    /^(true|false)$/i.test(text)
  );
}
