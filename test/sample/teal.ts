// What Teal makes of a project, as one Parquet file a table, to be laid beside what SQLMesh made.
import { join } from 'node:path';
import { openNativeEngine } from '../../node/engine/native-engine';
import { startHost } from '../../node/host/host';
import { withSession } from '../../shared/engine/contract';
import { id, sql } from '../../shared/sql/sql';

type Client = ReturnType<ReturnType<typeof startHost>['client']>;

/** Works on a project through Teal's own commands. */
export async function withTeal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const host = startHost({ version: 'test', way: 'test' });
  try {
    return await work(host.client());
  } finally {
    await host.close();
  }
}

/** Plans prod of a project and carries the plan out. */
export async function planProd(dir: string, executionTime: string): Promise<void> {
  await withTeal(async (client) => {
    await client.call('project.open', { dir });
    const plan = await client.call('plan.build', { executionTime });
    await client.call('backfill.start', { plan: plan.id, wait: true });
  });
}

/** Writes relations of prod to `out/<schema>.<name>.parquet`. */
export async function writeTables(dir: string, out: string, tables: readonly string[]): Promise<void> {
  const engine = await openNativeEngine({
    path: join(dir, '.teal', 'warehouse.duckdb'),
    allowedDirectories: null,
  });
  try {
    await withSession(engine, 'background', async (session) => {
      for (const name of tables)
        await session.run(
          sql`COPY (FROM ${id(...name.split('.'))}) TO ${join(out, `${name}.parquet`)} (FORMAT parquet)`,
        );
    });
  } finally {
    await engine.close();
  }
}
