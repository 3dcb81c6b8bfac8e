import { parseDocument } from 'yaml';
import type { Problem } from '../base/errors';
import { plainOf } from '../project/yaml-file';
import { tableNameOf } from '../sql/references';
import type { BrokenTest, OtherFiles, PlaceOf, TestCase, TestTable } from './test-case';
import { readCsvRows } from './test-csv';
import type { TestRow } from './test-values';

interface TestSource {
  readonly name: string;
  readonly body: unknown;
  readonly placeOf: PlaceOf;
  readonly others: OtherFiles;
}

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Thrown inside this file only: what is wrong, and where in the test. */
class Wrong extends Error {
  constructor(
    message: string,
    readonly path: Path,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** Reads one test of a file into its parts, as SQLMesh reads it. */
export function readTestBody(source: TestSource): TestCase | BrokenTest {
  const { name, placeOf } = source;
  const body = isFields(source.body) ? source.body : {};
  const model = typeof body.model === 'string' ? tableNameOf(body.model) : '';
  try {
    return { name, model, place: placeOf([]), ...readParts(source, body) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const place = placeOf(error.path);
    const problem: Problem = {
      code: 'test.invalid',
      message: `The test ${name}: ${error.message}`,
      place,
      kept: 'The other tests are run.',
      ...(error.remedy ? { remedy: error.remedy } : {}),
    };
    return { name, model, place, problem };
  }
}

function readParts(source: TestSource, body: Fields): Omit<TestCase, 'name' | 'model' | 'place'> {
  if (!isFields(source.body))
    throw new Wrong('is no mapping.', [], 'Write model, inputs and outputs below its name.');
  if (typeof body.model !== 'string')
    throw new Wrong('needs a model.', [], 'Write model: schema.table, the model that it tests.');
  const outputs = isFields(body.outputs) ? body.outputs : {};
  if (outputs.query === undefined && outputs.ctes === undefined)
    throw new Wrong('expects nothing: outputs must hold query or ctes.', ['outputs']);
  const partial = outputs.partial === true;
  const table = (value: unknown, path: Path) => readTable(source, value, { path, partial });
  const ctes = isFields(outputs.ctes) ? Object.entries(outputs.ctes) : [];
  const inputs = isFields(body.inputs) ? Object.entries(body.inputs) : [];
  return {
    description: typeof body.description === 'string' ? body.description : '',
    inputs: new Map(
      inputs.map(([input, value]) => [
        tableNameOf(input),
        readTable(source, value, { path: ['inputs', input], partial: false }),
      ]),
    ),
    query:
      outputs.query === undefined || outputs.query === null
        ? null
        : table(outputs.query, ['outputs', 'query']),
    ctes: new Map(ctes.map(([cte, value]) => [cte.toLowerCase(), table(value, ['outputs', 'ctes', cte])])),
    variables: isFields(body.vars) ? body.vars : {},
  };
}

function readTable(source: TestSource, value: unknown, at: { path: Path; partial: boolean }): TestTable {
  const fields: Fields = isFields(value) ? value : { rows: value };
  const where = at.path.at(-1) ?? '';
  const base = {
    columns: columnTypes(fields.columns, at.path),
    partial: at.partial || fields.partial === true,
    place: source.placeOf(at.path),
  };
  const query = typeof fields.query === 'string' ? fields.query : null;
  const rows = rowsOf(source, fields, at.path);
  if (query !== null && rows !== undefined) throw new Wrong(`${where} has both query and rows.`, at.path);
  if (query !== null) return { ...base, query, rows: null };
  if (rows === undefined) throw new Wrong(`${where} has no rows.`, at.path, 'Give rows, or a query.');
  if (!Array.isArray(rows)) throw new Wrong(`The rows of ${where} are no list.`, [...at.path, 'rows']);
  return {
    ...base,
    query: null,
    rows: rows.map((row, index) => {
      if (isFields(row)) return lowerNames(row as TestRow);
      throw new Wrong(`Row ${index + 1} of ${where} is no mapping of columns to values.`, [
        ...at.path,
        'rows',
        index,
      ]);
    }),
  };
}

function rowsOf(source: TestSource, fields: Fields, path: Path): unknown {
  const { format, rows, path: file } = fields;
  if (format !== undefined && format !== null && format !== 'csv' && format !== 'yaml')
    throw new Wrong(`There is no format ${String(format)}.`, [...path, 'format'], 'Use yaml or csv.');
  const text = typeof file === 'string' ? fileText(source, file, path) : undefined;
  if (format === 'csv') {
    const csv = text ?? (typeof rows === 'string' ? rows : undefined);
    return csv === undefined ? undefined : readCsvRows(csv, csvSettings(fields.csv_settings));
  }
  if (text === undefined) return rows === null ? undefined : rows;
  const read = plainOf(parseDocument(text, { intAsBigInt: true, merge: true, logLevel: 'error' }));
  if (!read.ok) throw new Wrong(`the file ${String(file)}: ${read.message}.`, [...path, 'path']);
  return isFields(read.value) ? read.value.rows : read.value;
}

function fileText(source: TestSource, file: string, path: Path): string {
  const text = source.others.get(file.replace(/^\.\//, ''));
  if (text !== undefined) return text;
  throw new Wrong(`There is no file ${file} among the texts of the project.`, [...path, 'path']);
}

function csvSettings(value: unknown) {
  const settings = isFields(value) ? value : {};
  return {
    delimiter: String(settings.sep ?? settings.delimiter ?? ','),
    quote: String(settings.quotechar ?? '"'),
  };
}

function columnTypes(value: unknown, path: Path): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw new Wrong('columns must map names to types.', [...path, 'columns']);
  return Object.fromEntries(Object.entries(value).map(([name, type]) => [columnName(name), String(type)]));
}

function lowerNames(row: TestRow): TestRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [columnName(name), value]));
}

// SQLMesh folds column names on DuckDB, quoted ones too.
function columnName(name: string): string {
  return name.replace(/^"(.*)"$/, '$1').toLowerCase();
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
