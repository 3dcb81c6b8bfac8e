import { Fault, fault, type Place, type Problem } from '../base/errors';
import { EngineFault, type ResultColumn, type Session } from '../engine/contract';
import { isOrdered, readWith } from '../sql/ctes';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import type { TestCase, TestTable } from './test-case';
import { type ActualRows, compareRows, type Difference, unknownColumns } from './test-compare';
import { type TestRow, type TestValue, typeOfValue, valueSql } from './test-values';

/** A tested model as a test needs it. */
export interface TestedModel {
  readonly name: string;
  readonly parents: readonly string[];
  /** the query, ready for the engine, with what the test's variables and inputs make of it */
  render(columnsOf: (table: string) => readonly ResultColumn[] | undefined): string;
}

/** What a test runs in: a session whose own catalog is empty, and what is known of the columns of models. */
export interface TestBench {
  readonly session: Session;
  columnsOf(model: string): Promise<KnownColumns | undefined>;
}

/** Columns whose types are known; `complete` where there are no others. */
export interface KnownColumns {
  readonly columns: readonly ResultColumn[];
  readonly complete: boolean;
}

/** How the rows of the query, or of one CTE, differ from what a test expects. */
interface TestDifference extends Difference {
  /** null: the query */
  readonly cte: string | null;
}

/** What came of a test; a problem is an error of the test or the model, not a difference. */
export interface TestOutcome {
  readonly differences: readonly TestDifference[];
  readonly problem: Problem | null;
}

/** Runs one test: makes its inputs, runs the model's query and CTEs over them, and compares. */
export async function runTest(test: TestCase, model: TestedModel, bench: TestBench): Promise<TestOutcome> {
  const differences: TestDifference[] = [];
  let problem: Problem | null = null;
  const attempt = async (place: Place, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      problem ??= placed(error.problem, place);
    }
  };
  await attempt(test.place, async () => {
    const text = await prepareTest(test, model, bench);
    for (const [name, table] of test.ctes)
      await attempt(table.place, async () => {
        const difference = await compare(bench.session, table, cteQuery(text, name, model.name));
        if (difference) differences.push({ ...difference, cte: name });
      });
    const { query } = test;
    if (!query) return;
    await attempt(query.place, async () => {
      const ordered = isOrdered(text);
      const difference = await compare(bench.session, query, { query: authored(text), ordered });
      if (difference) differences.push({ ...difference, cte: null });
    });
  });
  return { differences, problem };
}

/** Makes a test's inputs and gives the model's query over them. */
export async function prepareTest(
  test: Pick<TestCase, 'inputs' | 'place'>,
  model: TestedModel,
  bench: TestBench,
): Promise<string> {
  refuseMissing(test, model);
  const made = await createInputs(test, model, bench);
  return model.render((table) => made.get(table));
}

function refuseMissing(test: Pick<TestCase, 'inputs' | 'place'>, model: TestedModel): void {
  if (test.inputs.size === 0) return;
  const missing = model.parents.filter((parent) => parent !== model.name && !test.inputs.has(parent));
  if (missing.length === 0) return;
  throw invalid(`gives no rows for ${missing.join(', ')}, which ${model.name} reads.`, test.place, {
    remedy: 'Add them to inputs; rows: [] gives an empty one.',
  });
}

async function createInputs(
  test: Pick<TestCase, 'inputs' | 'place'>,
  model: TestedModel,
  bench: TestBench,
): Promise<ReadonlyMap<string, readonly ResultColumn[]>> {
  const made = new Map<string, readonly ResultColumn[]>();
  const inputs = new Map(test.inputs);
  if (inputs.size > 0 && model.parents.includes(model.name) && !inputs.has(model.name))
    inputs.set(model.name, { rows: [], query: null, columns: {}, partial: false, place: test.place });
  for (const [name, table] of inputs) {
    try {
      made.set(name, await createInput(name, table, bench));
    } catch (error) {
      throw error instanceof Fault ? new Fault(placed(error.problem, table.place)) : error;
    }
  }
  return made;
}

async function createInput(
  name: string,
  table: TestTable,
  { session, columnsOf }: TestBench,
): Promise<readonly ResultColumn[]> {
  const [schema = '', relation = ''] = name.split('.');
  const target = relation === '' ? id(schema) : id(schema, relation);
  if (relation !== '') await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(schema)}`);
  const known = await columnsOf(name);
  if (table.query !== null) {
    const columns = await session.describe(authored(table.query));
    await session.run(sql`CREATE TABLE ${target} AS ${queryRows(table, columns, known?.columns ?? [])}`);
    return columns;
  }
  const rows = table.rows ?? [];
  if (known?.complete) refuseUnknown(name, table, rows, known.columns);
  const stated = inputColumns(name, table, rows, known?.columns ?? []);
  try {
    await session.run(sql`CREATE TABLE ${target} AS ${rowsSql(rows, stated)}`);
    return stated;
  } catch (error) {
    // What the engine makes of a file may be narrower than what the test puts in its place.
    if (!(error instanceof EngineFault) || !known) throw error;
    const own = inputColumns(name, table, rows, []);
    const rest = stated.filter((column) => !own.some((other) => other.name === column.name));
    await session.run(sql`CREATE TABLE ${target} AS ${rowsSql(rows, [...own, ...rest])}`);
    return [...own, ...rest];
  }
}

function queryRows(table: TestTable, columns: readonly ResultColumn[], known: readonly ResultColumn[]): Sql {
  const types = new Map(known.map((column) => [column.name.toLowerCase(), column.type]));
  const list = columns.map((column) => {
    const type =
      table.columns[column.name.toLowerCase()] ?? types.get(column.name.toLowerCase()) ?? column.type;
    return sql`CAST(${id(column.name)} AS ${authored(type)}) AS ${id(column.name)}`;
  });
  const have = new Set(columns.map((column) => column.name.toLowerCase()));
  const missing = known
    .filter((column) => !have.has(column.name.toLowerCase()))
    .map((column) => sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`);
  return sql`SELECT ${join([...list, ...missing])} FROM (${authored(table.query ?? '')}) AS given`;
}

function refuseUnknown(
  name: string,
  table: TestTable,
  rows: readonly TestRow[],
  known: readonly ResultColumn[],
): void {
  const columns = [...known, ...Object.keys(table.columns).map((column) => ({ name: column }))];
  const unknown = unknownColumns(rows, columns);
  if (unknown.length > 0)
    throw invalid(`gives ${name} a column ${unknown.join(', ')}, which it does not have.`, table.place, {
      remedy: `It has ${known.map((column) => column.name).join(', ')}.`,
    });
}

/** Types that the test states, else those of the model, else what the first row tells, as in SQLMesh. */
function inputColumns(
  name: string,
  table: TestTable,
  rows: readonly TestRow[],
  known: readonly ResultColumn[],
): readonly ResultColumn[] {
  const types = new Map(known.map((column) => [column.name.toLowerCase(), column.type]));
  for (const [column, type] of Object.entries(table.columns)) types.set(column, type);
  for (const [column, value] of Object.entries(rows[0] ?? {})) {
    if (types.has(column)) continue;
    const type = typeOfValue(value);
    if (type === undefined)
      throw invalid(`does not tell the type of ${column} of ${name}.`, table.place, {
        remedy: `Give it under columns: {${column}: TYPE}, or a value in the first row.`,
      });
    types.set(column, type);
  }
  if (types.size === 0)
    throw invalid(`gives no rows for ${name}, and its columns are not known.`, table.place, {
      remedy: 'Give their types under columns.',
    });
  return [...types].map(([column, type]) => ({ name: column, type }));
}

function rowsSql(rows: readonly TestRow[], columns: readonly ResultColumn[]): Sql {
  const cells = (row: TestRow) =>
    columns.map((column) => sql`${valueSql(row[column.name.toLowerCase()] ?? null, column.type)}`);
  const names = join(columns.map((column) => id(column.name)));
  if (rows.length === 0) {
    const list = columns.map((column) => sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`);
    return sql`SELECT ${join(list)} WHERE false`;
  }
  return sql`SELECT * FROM (VALUES ${join(rows.map((row) => sql`(${join(cells(row))})`))}) AS given(${names})`;
}

interface Compared {
  readonly query: Sql;
  readonly ordered: boolean;
}

/** A query for the rows of one CTE of a query. */
export function cteQuery(text: string, name: string, model: string): Compared {
  const clause = readWith(text);
  const cte = clause?.ctes.find((one) => one.name === name);
  if (!clause || !cte) {
    const names = clause?.ctes.map((one) => one.name).join(', ');
    throw fault('test.invalid', `There is no CTE ${name} in ${model}.`, {
      remedy: names ? `It has ${names}.` : 'Its query has none.',
    });
  }
  return {
    query: sql`${authored(text.slice(clause.start, clause.end))} SELECT * FROM ${id(name)}`,
    ordered: isOrdered(text.slice(cte.bodyStart, cte.bodyEnd)),
  };
}

async function compare(
  session: Session,
  table: TestTable,
  { query, ordered }: Compared,
): Promise<Difference | undefined> {
  const actual = await readRows(session, query);
  const expected =
    table.query === null ? (table.rows ?? []) : asTestRows(await readRows(session, authored(table.query)));
  const unknown = unknownColumns(expected, actual.columns);
  if (unknown.length > 0)
    throw invalid(`expects a column ${unknown.join(', ')}, which does not come.`, table.place, {
      remedy: `What comes is ${actual.columns.map((column) => column.name).join(', ')}.`,
    });
  return compareRows(expected, actual, { partial: table.partial, ordered });
}

/** All rows of a query, with their types. */
export async function readRows(session: Session, query: Sql): Promise<ActualRows> {
  const columns = await session.describe(query);
  const rows: (readonly unknown[])[] = [];
  for await (const page of session.pages(query)) rows.push(...page.rows);
  return { columns, rows };
}

function asTestRows({ columns, rows }: ActualRows): readonly TestRow[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column.name.toLowerCase(), row[index] as TestValue])),
  );
}

function invalid(message: string, place: Place, more: Pick<Problem, 'remedy'>): Fault {
  return fault('test.invalid', `The test ${message}`, { place, ...more });
}

/** A problem of a test keeps its own place where that is a file; else it is where the test says so. */
function placed(problem: Problem, place: Place): Problem {
  return {
    ...problem,
    place: problem.place?.file ? problem.place : place,
    kept: problem.kept ?? 'The other tests are run.',
  };
}
