// Hosts that serve a project while others come: `teal ui` in a process of its own, and clients of its server.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { HostEntry } from '../../node/project/host-entries';
import { carrierOf } from '../../node/server/socket';
import type { HostEvent } from '../../shared/protocol/events';
import { type Client, createClient } from '../../shared/protocol/port';
import { createSmall } from './small';
import { createFolder, type Started, type Surroundings, startTeal } from './teal';

/** A model whose ten batches take some tenths of a second each, so that a test can step in. */
export const SLOW = `MODEL (
  name mart.slow,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1),
  start '2025-01-01',
  end '2025-01-10'
);

SELECT o.day, sum((r.i * o.id) % 97)::BIGINT AS n
FROM raw.orders AS o, range(6000000) AS r(i)
WHERE o.day BETWEEN @start_date AND @end_date
GROUP BY o.day
`;

/** The small project with a slow model beside its three. */
export function createSlow(): string {
  return createSmall({ 'models/mart/slow.sql': SLOW });
}

/** A state folder of this test's own. */
export function createState(): { readonly state: string; readonly around: Surroundings } {
  const state = join(createFolder(), 'state');
  return { state, around: { env: { TEAL_STATE_DIR: state } } };
}

export interface Served {
  readonly started: Started;
  readonly url: string;
  readonly entry: HostEntry;
}

/** Starts `teal ui` for a project on a free port, and ends it with the test. */
export async function serveUi(dir: string, state: string): Promise<Served> {
  const started = startTeal(['-p', dir, 'ui', '--no-open'], { env: { TEAL_STATE_DIR: state } });
  onTestFinished(async () => {
    started.child.kill('SIGINT');
    await started.ended;
  });
  await started.says(/#token=\S+/);
  const [entry] = entriesOf(state);
  if (!entry) throw new Error(started.said.err);
  return { started, url: /http:\/\/\S+/.exec(started.said.out)?.[0] ?? '', entry };
}

/** What hosts wrote about themselves. */
export function entriesOf(state: string): readonly HostEntry[] {
  return entryFiles(state).map((file) => JSON.parse(readFileSync(file, 'utf8')) as HostEntry);
}

export function entryFiles(state: string): readonly string[] {
  const folder = join(state, 'hosts');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
        .map((name) => join(folder, name))
    : [];
}

/** The first entry of a host to come. */
export async function entryIn(state: string): Promise<HostEntry> {
  const folder = join(state, 'hosts');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const watcher = watch(folder);
  try {
    for (;;) {
      const changed = once(watcher, 'change');
      const [entry] = entriesOf(state);
      if (entry) return entry;
      await changed;
    }
  } finally {
    watcher.close();
  }
}

/** A window's connection to a host. */
export async function windowOf({ port, token }: Pick<HostEntry, 'port' | 'token'>): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws?token=${token}`);
  socket.on('error', () => undefined);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return createClient(carrierOf(socket));
}

type Progress = Extract<HostEvent, { type: 'run.progress' }>['progress'];

/** Resolves with the first progress of a run that fits. */
export function progressOf(client: Client, fits: (progress: Progress) => boolean): Promise<Progress> {
  return new Promise((done) => {
    const stop = client.subscribe((event) => {
      if (event.type !== 'run.progress' || !fits(event.progress)) return;
      stop();
      done(event.progress);
    });
  });
}

/** A process that is no Teal and does nothing, ended with the test. */
export function startBystander(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child as ChildProcess & { readonly pid: number };
}
