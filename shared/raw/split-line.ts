import type { CsvDialect } from './csv-reader';

/** Where a field stands in its line, quotes included; UTF-16 units, `end` exclusive. */
export interface FieldSpan {
  readonly start: number;
  readonly end: number;
}

/** Cuts one record at its delimiters, minding quotes; a quote that is never closed takes the rest of the line. */
export function fieldSpans(line: string, dialect: CsvDialect): readonly FieldSpan[] {
  const { delimiter, quote } = dialect;
  const spans: FieldSpan[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const isQuote = quote !== '' && line.startsWith(quote, at);
    if (isQuote && (quoted || at === start)) quoted = !quoted;
    else if (isQuote && line.slice(at - quote.length, at) === quote) quoted = true;
    else if (!quoted && line.startsWith(delimiter, at)) {
      spans.push({ start, end: at });
      start = at + delimiter.length;
      at = start - 1;
    }
  }
  spans.push({ start, end: line.length });
  return spans;
}

/** The values of one record, without quotes. */
export function fieldsOf(line: string, dialect: CsvDialect): readonly string[] {
  return fieldSpans(line, dialect).map(({ start, end }) => unquoted(line.slice(start, end), dialect.quote));
}

function unquoted(field: string, quote: string): string {
  const wrapped = quote !== '' && field.length > 1 && field.startsWith(quote) && field.endsWith(quote);
  return wrapped ? field.slice(quote.length, -quote.length).replaceAll(quote + quote, quote) : field;
}
