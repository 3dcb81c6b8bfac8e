// What Teal holds after a step: its intervals by the command line, its relations and rows by a plain DuckDB client.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callTeal } from './command-line';
import { type DoneRow, isRecord, type Ranges } from './format';
import type { State } from './judge';
import { type OpenedDatabase, openDatabase, type Rows, readRows, relationName } from './rows';

/** What is done in each environment, or why that is not known. */
export async function readIntervals(project: string): Promise<State | string> {
  const { document, complaint } = await callTeal(project, ['environments']);
  const list = document?.['environments'];
  if (!Array.isArray(list)) return `teal environments: ${complaint ?? 'the document holds no environments'}`;
  return Object.fromEntries(list.filter(isRecord).map((one) => [String(one['name']), rowsOf(one['models'])]));
}

function rowsOf(models: unknown): Readonly<Record<string, DoneRow>> {
  const entries = Object.entries(isRecord(models) ? models : {}).map(([model, given]) => {
    const row = isRecord(given) ? given : {};
    const inDev = row['doneInDevTable'] as Ranges | undefined;
    const done = (row['done'] ?? []) as Ranges;
    return [model, { done, ...(inDev && inDev.length > 0 ? { done_in_dev_table: inDev } : {}) }] as const;
  });
  return Object.fromEntries(entries);
}

export interface Warehouse {
  readonly relations: readonly string[] | string;
  readonly tables: Readonly<Record<string, Rows | string>>;
}

/** The views of the virtual layer, and the rows of the relations asked for. Teal's own schemas hold none of it. */
export async function readWarehouse(
  project: string,
  asked: readonly string[],
  modelSchemas: ReadonlySet<string>,
): Promise<Warehouse> {
  const file = join(project, '.teal/warehouse.duckdb');
  if (!existsSync(file)) return { relations: [], tables: {} };
  let database: OpenedDatabase;
  try {
    database = await openDatabase(file, project, true);
  } catch (error) {
    const why = `the warehouse can't be opened: ${firstLine(error)}`;
    return { relations: why, tables: Object.fromEntries(asked.map((relation) => [relation, why])) };
  }
  try {
    const views = await readRows(
      database.connection,
      'SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL',
    );
    const plain = (cell: unknown) => String(cell).replace(/^text /, '');
    const relations = views.rows
      .map(([schema, view]) => [plain(schema), plain(view)] as const)
      .filter(([schema]) => !isOwnSchema(schema, modelSchemas))
      .map(([schema, view]) => `${schema}.${view}`.toLowerCase());
    const tables: Record<string, Rows | string> = {};
    for (const relation of asked) tables[relation] = await rowsOrWhy(database, relation);
    return { relations, tables };
  } finally {
    database.close();
  }
}

/** Teal's own schemas, among them `raw` unless models of the project live there. */
function isOwnSchema(schema: string, modelSchemas: ReadonlySet<string>): boolean {
  if (/^teal(_(data|diff)|$)/.test(schema) || schema.startsWith('teal_')) return !modelSchemas.has(schema);
  return schema === 'raw' && !modelSchemas.has(schema);
}

async function rowsOrWhy({ connection }: OpenedDatabase, relation: string): Promise<Rows | string> {
  try {
    return await readRows(connection, `SELECT * FROM ${relationName(relation)}`);
  } catch (error) {
    return firstLine(error);
  }
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
