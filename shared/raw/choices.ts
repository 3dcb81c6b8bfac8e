import { fault } from '../base/errors';
import { readSourceFile, type SourceFile, writeSourceFile } from '../project/source-file';
import { csvDialect } from './csv-reader';

/** What of a source's reading can be chosen. */
export type ChoiceId =
  | 'delimiter'
  | 'quote'
  | 'header'
  | 'encoding'
  | 'timestampformat'
  | 'nullstr'
  | 'time_column'
  | 'key';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

const ids: readonly ChoiceId[] = [
  'delimiter',
  'quote',
  'header',
  'encoding',
  'timestampformat',
  'nullstr',
  'time_column',
  'key',
];
const encodings = ['utf-8', 'latin-1', 'utf-16'];

/** A source with other choices, as text by id; the empty text means none. A choice that makes no sense is a `usage.invalid` fault. */
export function applyChoices(source: SourceFile, choices: Readonly<Record<string, string>>): SourceFile {
  const changed = Object.entries(choices).reduce(applyChoice, source);
  const dialect = csvDialect(changed);
  if (changed.format === 'csv' && dialect.delimiter === dialect.quote)
    throw refused(source, 'Delimiter and quote cannot be the same.');
  const cut = csvDialect(source);
  const recut =
    changed.format === 'csv' && (dialect.delimiter !== cut.delimiter || dialect.header !== cut.header);
  const { columns, ...rest } = changed;
  const result = recut || columns === undefined ? rest : changed;
  const checked = readSourceFile(`sources/${source.name}.yaml`, writeSourceFile(result));
  if (!checked.ok) throw refused(source, checked.problem.message);
  return checked.value;
}

function applyChoice(source: SourceFile, [choice, value]: [string, string]): SourceFile {
  const id = ids.find((one) => one === choice);
  if (id === undefined) throw refused(source, `There is no choice named ${choice}.`);
  if (id === 'time_column')
    return { ...source, time_column: value === '' ? null : knownColumn(source, value) };
  if (id === 'key')
    return {
      ...source,
      key: value === '' ? [] : value.split(',').map((name) => knownColumn(source, name.trim())),
    };
  if (source.format !== 'csv') throw refused(source, `${source.name} is no CSV file, so it has no ${id}.`);
  return { ...source, csv: { ...source.csv, ...csvOption(source, id, value) } };
}

function csvOption(
  source: SourceFile,
  id: Exclude<ChoiceId, 'time_column' | 'key'>,
  value: string,
): NonNullable<SourceFile['csv']> {
  switch (id) {
    case 'delimiter':
      if ([...value].length !== 1 || /[\r\n]/.test(value))
        throw refused(source, 'A delimiter is one character.');
      return { delimiter: value };
    case 'quote':
      if ([...value].length > 1 || /[\r\n]/.test(value))
        throw refused(source, 'A quote is one character, or none.');
      return { quote: value };
    case 'header':
      if (value !== 'true' && value !== 'false')
        throw refused(source, 'The first line is a header or not: true or false.');
      return { header: value === 'true' };
    case 'encoding':
      if (!encodings.includes(value))
        throw refused(source, `${value} is not an encoding that Teal reads: ${encodings.join(', ')}.`);
      return { encoding: value };
    case 'timestampformat':
      if (value !== '' && !value.includes('%'))
        throw refused(source, `"${value}" is no time format such as %Y-%m-%d %H:%M:%S.`);
      return { timestampformat: value };
    case 'nullstr':
      return { nullstr: value };
  }
}

function knownColumn(source: SourceFile, name: string): string {
  const names = Object.keys(source.columns ?? {});
  if (names.length === 0 || names.includes(name)) return name;
  throw refused(source, `${source.name} has no column ${name}.`);
}

function refused(source: SourceFile, message: string) {
  return fault('usage.invalid', message, {
    place: { source: source.name, file: `sources/${source.name}.yaml` },
    kept: 'The source is read as before.',
    remedy: 'Choose one of the offered values.',
  });
}
