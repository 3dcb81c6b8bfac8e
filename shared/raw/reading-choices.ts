import type { SourceFile } from '../project/source-file';
import type { ChoiceId, ChoiceOption } from './choices';
import { familyOf } from './column-type';
import { csvDialect } from './csv-reader';
import type { ReadingFacts } from './reading-facts';

/** How a file was read: one choice, what stands behind it, and what else could be chosen. */
export interface ReadingChoice {
  readonly id: ChoiceId;
  readonly label: string;
  readonly value: string;
  readonly evidence: string;
  readonly options: ChoiceOption[];
}

const delimiters = { ',': 'Comma ,', ';': 'Semicolon ;', '\t': 'Tab', '|': 'Bar |' };
const quotes = { '"': 'Double "', "'": "Single '", '': 'None' };
const headers = { true: 'First line', false: 'None' };
const encodings = { 'utf-8': 'UTF-8', 'latin-1': 'Latin-1', 'utf-16': 'UTF-16' };
const nullTexts = {
  '': '(empty)',
  NULL: 'NULL',
  null: 'null',
  NA: 'NA',
  'N/A': 'N/A',
  '\\N': '\\N',
  '-': '-',
};
const timeFormats = {
  '': 'ISO, any',
  '%Y-%m-%d %H:%M:%S': 'ISO, to the second',
  '%Y-%m-%d %H:%M': 'ISO, to the minute',
  '%d.%m.%Y %H:%M:%S': 'Day.month.year, to the second',
  '%d.%m.%Y %H:%M': 'Day.month.year, to the minute',
  '%d/%m/%Y %H:%M:%S': 'Day/month/year, to the second',
  '%m/%d/%Y %H:%M:%S': 'Month/day/year, to the second',
  '%m/%d/%Y %I:%M:%S %p': 'Month/day/year, with AM and PM',
};

/** The choices behind a source's reading, each with its evidence. Only text has a dialect; every source has a time column and a key. */
export function readingChoices(source: SourceFile, facts: ReadingFacts): readonly ReadingChoice[] {
  const csv = source.format === 'csv' ? csvChoices(source, facts) : [];
  return [...csv, timeColumn(source, facts), key(source, facts)];
}

function csvChoices(source: SourceFile, facts: ReadingFacts): readonly ReadingChoice[] {
  const dialect = csvDialect(source);
  const { csv } = source;
  const moments = facts.columns.some((column) => familyOf(column.type) === 'moment');
  const choices = [
    choice(
      { id: 'delimiter', label: 'Delimiter', value: dialect.delimiter, evidence: delimiterEvidence(facts) },
      delimiters,
    ),
    choice({ id: 'quote', label: 'Quote', value: dialect.quote, evidence: quoteEvidence(facts) }, quotes),
    choice(
      {
        id: 'header',
        label: 'Header',
        value: String(dialect.header),
        evidence: headerEvidence(dialect.header, facts),
      },
      headers,
    ),
    choice(
      { id: 'encoding', label: 'Encoding', value: dialect.encoding, evidence: encodingEvidence(facts) },
      encodings,
    ),
  ];
  const time = choice(
    {
      id: 'timestampformat',
      label: 'Time format',
      value: csv?.timestampformat ?? '',
      evidence: timeEvidence(facts),
    },
    timeFormats,
  );
  const nulls = choice(
    { id: 'nullstr', label: 'Null text', value: csv?.nullstr ?? '', evidence: nullEvidence(facts) },
    nullTexts,
  );
  return [...choices, ...(moments ? [time] : []), nulls];
}

function choice(
  stated: Omit<ReadingChoice, 'options'>,
  known: Readonly<Record<string, string>>,
): ReadingChoice {
  const options = Object.entries(known).map(([value, label]) => ({ value, label }));
  const isKnown = options.some((option) => option.value === stated.value);
  return {
    ...stated,
    options: isKnown ? options : [...options, { value: stated.value, label: stated.value }],
  };
}

function delimiterEvidence({ read, columns, reasons }: ReadingFacts): string {
  const misfits = sumOf(reasons, (reason) => / columns$/.test(reason));
  return `${count(columns.length, 'column')}, ${number(read - misfits)} of ${number(read)}`;
}

function quoteEvidence({ quotedLines }: ReadingFacts): string {
  return quotedLines === null ? 'not counted' : `used on ${count(quotedLines, 'line')}`;
}

function headerEvidence(header: boolean, { columns }: ReadingFacts): string {
  if (!header) return 'columns are numbered';
  return columns.some((column) => familyOf(column.type) !== 'text')
    ? 'its types differ from the rest'
    : 'it names the columns';
}

function encodingEvidence({ reasons }: ReadingFacts): string {
  const bad = sumOf(reasons, (reason) => reason.startsWith('Not text in'));
  return bad === 0 ? 'whole file checked' : `${count(bad, 'line')} do not fit`;
}

function timeEvidence({ read, reasons }: ReadingFacts): string {
  return `${number(read - (reasons.get('Not a time') ?? 0))} of ${number(read)}`;
}

function nullEvidence({ columns }: ReadingFacts): string {
  const some = columns.filter((column) => column.nulls > 0);
  const nulls = some.reduce((sum, column) => sum + column.nulls, 0);
  if (some.length === 0) return 'no nulls';
  const where = some.length === 1 ? `all in ${some[0]?.name}` : `in ${some.length} columns`;
  return `${count(nulls, 'value')}, ${where}`;
}

function timeColumn(source: SourceFile, facts: ReadingFacts): ReadingChoice {
  const times = facts.columns
    .filter((column) => ['moment', 'date'].includes(familyOf(column.type)))
    .map((column) => column.name);
  const known = Object.fromEntries([['', 'none'], ...times.map((name) => [name, name])]);
  return choice(
    {
      id: 'time_column',
      label: 'Time column',
      value: source.time_column ?? '',
      evidence: daysEvidence(facts, times.length),
    },
    known,
  );
}

function daysEvidence({ days }: ReadingFacts, times: number): string {
  if (days === null) return times === 0 ? 'no column of times' : `${count(times, 'column')} of times`;
  const gap = days.empty === 0 ? 'no gap' : `${number(days.empty)} without a row`;
  return `${count(days.all, 'day')}, ${gap}`;
}

function key(source: SourceFile, { columns, repeated }: ReadingFacts): ReadingChoice {
  const unique = columns.filter(
    (column) => column.nulls === 0 && (column.shape === 'unique' || repeated?.columns[0] === column.name),
  );
  const known = Object.fromEntries([['', 'none'], ...unique.map((column) => [column.name, column.name])]);
  const value = source.key.join(',');
  const evidence =
    repeated === null
      ? 'no column is near to one'
      : repeated.rows === 0
        ? `${repeated.columns.join(', ')} never repeats`
        : `${number(repeated.rows)} repeated ${repeated.columns.join(', ')}`;
  return choice({ id: 'key', label: 'Key', value, evidence }, known);
}

function sumOf(reasons: ReadonlyMap<string, number>, fits: (reason: string) => boolean): number {
  return [...reasons].reduce((sum, [reason, lines]) => sum + (fits(reason) ? lines : 0), 0);
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function count(value: number, word: string): string {
  return `${number(value)} ${word}${value === 1 ? '' : 's'}`;
}
