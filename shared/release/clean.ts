import { environmentViewName } from '../base/names';
import { numberOf, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { findReferences } from '../sql/references';
import { id, type Sql, sql } from '../sql/sql';
import type { Garbage, VersionName } from './retention';
import type { WarehouseState } from './types';
import { versionViewName } from './views';

/** How the highest number that a model's versions ever had is called in `teal.meta`: numbers are never given twice. */
const HIGHEST = 'highest ';

/** Takes an environment away: its views, schemas that are empty then, and its map. What it showed stays until a cleaning. */
export async function dropEnvironmentStatements(
  session: Session,
  name: string,
  state: WarehouseState,
): Promise<readonly Sql[]> {
  const rows = await session.rows(
    sql`SELECT schema_name AS space, view_name AS name FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
        UNION ALL SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()`,
  );
  const models = [...state.versions.keys()].map((model) => environmentViewName(name, model));
  const wanted = new Set(models.map(([schema, view]) => `${schema}.${view}`));
  const there = rows.map((row) => ({ schema: textOf(row, 'space'), view: textOf(row, 'name') }));
  const isOwn = (one: { schema: string; view: string }) => wanted.has(`${one.schema}.${one.view}`);
  const own = there.filter(isOwn);
  const shared = new Set(there.filter((one) => !isOwn(one)).map((one) => one.schema));
  const empty = new Set(own.map((one) => one.schema).filter((schema) => !shared.has(schema)));
  return [
    ...own.map((one) => sql`DROP VIEW IF EXISTS ${id(one.schema, one.view)}`),
    ...[...empty].map((schema) => sql`DROP SCHEMA IF EXISTS ${id(schema)}`),
    sql`DELETE FROM teal.environment WHERE name = ${name}`,
  ];
}

/** The statements that take garbage away when they run in one transaction, views before what they read. */
export function cleaningStatements(garbage: Garbage, state: WarehouseState): readonly Sql[] {
  const models = new Set(garbage.versions.map((version) => version.model));
  const highest = [...models].map((model) => {
    const numbers = (state.versions.get(model) ?? []).map((version) => version.number);
    const number = Math.max(state.highest?.get(model) ?? 0, ...numbers);
    return sql`INSERT OR REPLACE INTO teal.meta VALUES (${HIGHEST + model}, ${String(number)})`;
  });
  return [
    ...highest,
    ...garbage.versions.map(
      ({ model, number }) => sql`DROP VIEW IF EXISTS ${id(...versionViewName(model, number))}`,
    ),
    ...garbage.versions.map(
      ({ model, number }) => sql`DELETE FROM teal.version WHERE model = ${model} AND number = ${number}`,
    ),
    ...lineStatements(garbage, state),
    ...garbage.segments.flatMap((table) => [
      sql`DROP TABLE IF EXISTS ${id('teal_data', table)}`,
      sql`DELETE FROM teal.segment WHERE table_name = ${table}`,
    ]),
  ];
}

/** Lines whose newest version goes are forgotten with all that was done of them, and so are editions that only they had. */
function lineStatements(garbage: Garbage, state: WarehouseState): readonly Sql[] {
  const gone = new Set(garbage.versions.map(({ model, number }) => `${model} ${number}`));
  const ended = new Set(garbage.environments);
  const used = new Set(
    [...state.environments.values()]
      .filter((environment) => !ended.has(environment.name))
      .flatMap((environment) => Object.entries(environment.editions).map(([model, id]) => `${model} ${id}`)),
  );
  return [...state.heads].flatMap(([model, lines]) => {
    const left = [...lines].filter(([, number]) => gone.has(`${model} ${number}`)).map(([line]) => line);
    const names = left.map((line) => line.replace(/^dev:/, ''));
    const editions = [...(state.editions.get(model)?.values() ?? [])].filter(
      (edition) => !used.has(`${model} ${edition.print.id}`) && names.includes(edition.line),
    );
    return [
      ...left.map((line) => sql`DELETE FROM teal.head WHERE model = ${model} AND line = ${line}`),
      ...left.map((line) => sql`DELETE FROM teal.done WHERE model = ${model} AND line = ${line}`),
      ...editions.map(
        (edition) => sql`DELETE FROM teal.edition WHERE model = ${model} AND id = ${edition.print.id}`,
      ),
    ];
  });
}

/** The highest numbers of models whose versions were cleaned away. */
export async function readHighest(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows(sql`SELECT name, value FROM teal.meta WHERE starts_with(name, ${HIGHEST})`);
  return new Map(
    rows.map((row) => [textOf(row, 'name').slice(HIGHEST.length), Number(textOf(row, 'value'))]),
  );
}

/** Which versions the view of each version reads, as the engine has its text. */
export async function readVersionReads(
  session: Session,
  state: WarehouseState,
): Promise<(version: VersionName) => readonly VersionName[]> {
  const names = new Map(
    [...state.versions.values()]
      .flat()
      .map(({ model, number }) => [versionViewName(model, number)[1], { model, number }] as const),
  );
  const rows = await session.rows(
    sql`SELECT view_name AS name, sql AS text FROM duckdb_views() WHERE database_name = current_database() AND schema_name = 'teal_data'`,
  );
  const reads = new Map(
    rows.map((row) => {
      const text = textOf(row, 'text');
      const found = findReferences(text.slice(text.search(/\bAS\b/i) + 2)).tables.flatMap(
        (table) => names.get(table.parts.at(-1) ?? '') ?? [],
      );
      return [textOf(row, 'name'), found] as const;
    }),
  );
  return ({ model, number }) => reads.get(versionViewName(model, number)[1]) ?? [];
}

/** Bytes that tables take on disk, by name; a table that was never written there takes none. */
export async function bytesOfSegments(
  session: Session,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const [size] = await session.rows(sql`SELECT block_size AS n FROM pragma_database_size() LIMIT 1`);
  const block = size ? numberOf(size, 'n') : 0;
  for (const table of tables) {
    const [row] = await session.rows(
      sql`SELECT count(DISTINCT block_id) AS n FROM pragma_storage_info(${`teal_data.${table}`}) WHERE persistent`,
    );
    sizes.set(table, (row ? numberOf(row, 'n') : 0) * block);
  }
  return sizes;
}
