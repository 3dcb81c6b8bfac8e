import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { type Host, startHost } from '../../node/host/host';
import { Fault, type Problem } from '../../shared/base/errors';
import type { Row } from '../../shared/base/rows';
import { type Engine, withSession } from '../../shared/engine/contract';
import type { Client } from '../../shared/protocol/port';
import type { CommandRequest } from '../../shared/protocol/table';
import type { PlanView, RunStatus } from '../../shared/protocol/views/backfill';
import { authored } from '../../shared/sql/sql';

export type Files = Readonly<Record<string, string>>;

/** A small project in a folder of its own, with a real host on it. */
export interface Bench {
  readonly dir: string;
  readonly client: Client;
  /** saves models as the editor does */
  save(files: Files): Promise<void>;
  /** writes files while the project is closed, and opens it again */
  write(files: Files): Promise<void>;
  plan(request: CommandRequest<'plan.build'>): Promise<PlanView>;
  /** plans and carries the plan out; null where there is nothing to do */
  apply(request: CommandRequest<'plan.build'>): Promise<RunStatus | null>;
  rows(query: string): Promise<readonly Row[]>;
  /** another connection of the same open database */
  engine(): Promise<Engine>;
  close(): Promise<void>;
  reopen(): Promise<void>;
}

const CONFIG = `gateways:
  local:
    connection:
      type: duckdb
      database: db.duckdb
default_gateway: local
model_defaults:
  dialect: duckdb
  start: '2025-01-01'
  cron: '@daily'
`;

/** Opens a project of these files in a temporary folder; all is gone when the test ends. */
export async function openBench(files: Files, dir?: string): Promise<Bench> {
  const folder = dir ?? (await makeFolder());
  await writeFiles(folder, { 'config.yaml': CONFIG, ...files });
  process.env.TEAL_STATE_DIR = join(folder, '.state');
  let host: Host = startHost({ version: 'test', way: 'test' });
  let client = host.client();
  const engines: Engine[] = [];
  const close = async () => {
    for (const engine of engines.splice(0)) await engine.close();
    await host.close();
  };
  onTestFinished(close);
  await client.call('project.open', { dir: folder });
  const bench: Bench = {
    dir: folder,
    get client() {
      return client;
    },
    save: async (more) => {
      for (const [path, text] of Object.entries(more))
        await client.call('model.save', { model: modelOf(path), text });
    },
    write: async (more) => {
      await close();
      await writeFiles(folder, more);
      await bench.reopen();
    },
    plan: (request) => client.call('plan.build', request),
    apply: async (request) => {
      const plan = await client.call('plan.build', request);
      return plan.empty ? null : client.call('backfill.start', { plan: plan.id, wait: true });
    },
    rows: async (query) => readRows(await bench.engine(), query),
    engine: async () => {
      const [open] = engines;
      if (open) return open;
      const engine = await joinWarehouse(folder);
      engines.push(engine);
      return engine;
    },
    close,
    reopen: async () => {
      await close();
      host = startHost({ version: 'test', way: 'test' });
      client = host.client();
      await client.call('project.open', { dir: folder });
    },
  };
  return bench;
}

/** Another engine on the database that the host of a folder has open. */
export function joinWarehouse(folder: string): Promise<Engine> {
  const path = join(folder, '.teal', 'warehouse.duckdb');
  const tempDirectory = `${path}.tmp`;
  return openNativeEngine({ path, allowedDirectories: [folder, tempDirectory], tempDirectory });
}

function readRows(engine: Engine, query: string): Promise<readonly Row[]> {
  return withSession(engine, 'interactive', (session) => session.rows(authored(query)));
}

/** A folder under its real path, removed when the test ends. */
export async function makeFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'teal-storage-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** The problem that a call ends with; null where it goes well. */
export async function problemOf(call: Promise<unknown>): Promise<Problem | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem;
    throw thrown;
  }
}

/** Writes files into a folder, with the folders that they need. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function modelOf(path: string): string {
  return path
    .replace(/^models\//, '')
    .replace(/\.sql$/, '')
    .replace('/', '.');
}
