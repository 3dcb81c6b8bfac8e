import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import { baseOf } from '../plan/lookup';
import type { WarehouseState } from '../release/types';
import { versionViewName } from '../release/views';
import { NO_SCHEMA } from '../sql/references';
import { columnList, id, type Sql, sql } from '../sql/sql';
import type { Workspace } from './workspace';

let catalogs = 0;

/**
 * Runs `work` with a session in which `mart.sales` and `raw.orders` mean what an environment shows: an in-memory catalog of views is
 * attached for its time and comes first in the search path.
 */
export async function readingAs<T>(
  workspace: Workspace,
  environment: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const state = await workspace.state();
  const warehouse = workspace.engine.info.catalog;
  if (environment === PROD)
    return workspace.read((session) => readingLive(session, { state, warehouse }, work));
  return workspace.read(async (session) => {
    const name = `reading_${++catalogs}`;
    await session.run(sql`ATTACH ':memory:' AS ${id(name)}`);
    try {
      for (const statement of environmentViews(state, environment, { name, warehouse }))
        await session.run(statement);
      await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(name, NO_SCHEMA)}`);
      const path = [`${name}.main`, `${name}.${NO_SCHEMA}`, `${warehouse}.main`];
      await session.run(sql`SET search_path = ${path.join(',')}`);
      return await work(session);
    } finally {
      await session.run(sql`USE ${id(warehouse)}`);
      await session.run(sql`DETACH ${id(name)}`);
    }
  });
}

/** In prod the views are the warehouse's own; those of models without a schema are found by their bare names too. */
async function readingLive<T>(
  session: Session,
  { state, warehouse }: { state: WarehouseState; warehouse: string },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const live = Object.keys(state.environments.get(PROD)?.versions ?? {});
  if (!live.some((name) => name.startsWith(`${NO_SCHEMA}.`))) return work(session);
  await session.run(sql`SET search_path = ${`${warehouse}.main,${warehouse}.${NO_SCHEMA}`}`);
  try {
    return await work(session);
  } finally {
    await session.run(sql`USE ${id(warehouse)}`);
  }
}

function environmentViews(
  state: WarehouseState,
  environment: string,
  catalogs: { name: string; warehouse: string },
): readonly Sql[] {
  const shown = new Set([
    ...Object.keys(state.environments.get(PROD)?.versions ?? {}),
    ...Object.keys(state.environments.get(environment)?.versions ?? {}),
  ]);
  const models = [...shown].flatMap((model) => {
    const version = baseOf(state, environment, model);
    return version
      ? [{ name: model, columns: version.columns, view: versionViewName(model, version.number) }]
      : [];
  });
  const sources = [...state.snapshots.values()].map((snapshot) => ({
    name: `raw.${snapshot.source}`,
    columns: snapshot.columns,
    view: ['raw', snapshot.source] as const,
  }));
  return [...models, ...sources].flatMap(({ name, columns, view }) => {
    const [schema = '', table = ''] = name.split('.');
    const from = id(catalogs.warehouse, ...view);
    return [
      sql`CREATE SCHEMA IF NOT EXISTS ${id(catalogs.name, schema)}`,
      sql`CREATE VIEW ${id(catalogs.name, schema, table)} AS SELECT ${columnList(columns.map((column) => column.name))} FROM ${from}`,
    ];
  });
}
