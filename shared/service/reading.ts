import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import { baseOf } from '../plan/lookup';
import type { WarehouseState } from '../release/types';
import { versionViewName } from '../release/views';
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
  if (environment === PROD) return workspace.read(work);
  return workspace.read(async (session) => {
    const name = `reading_${++catalogs}`;
    const warehouse = workspace.engine.info.catalog;
    await session.run(sql`ATTACH ':memory:' AS ${id(name)}`);
    try {
      for (const statement of environmentViews(state, environment, { name, warehouse }))
        await session.run(statement);
      await session.run(sql`SET search_path = ${`${name}.main,${warehouse}.main`}`);
      return await work(session);
    } finally {
      await session.run(sql`USE ${id(warehouse)}`);
      await session.run(sql`DETACH ${id(name)}`);
    }
  });
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
