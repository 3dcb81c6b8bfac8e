import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** A `teal ui` of this checkout with a folder and a state of its own. */
export interface Teal {
  /** a folder of the test's own */
  readonly dir: string;
  /** a copy of the sample in it */
  readonly project: string;
  /** starts the server, on the project or on none, and gives the window's address */
  start(project?: string): Promise<string>;
  /** ends the server as a crash would */
  kill(): Promise<void>;
}

/** Tests of the window through the real server; each has a Teal and ends it. */
export const test = base.extend<{ teal: Teal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  teal: async ({}, use) => {
    const dir = mkdtempSync(join(tmpdir(), 'teal-e2e-'));
    const project = join(dir, 'sushi');
    cpSync(resolve('examples/sushi'), project, { recursive: true });
    const servers: ChildProcess[] = [];
    await use({
      dir,
      project,
      start: (folder) => startServer(dir, folder, servers),
      kill: () => endServer(servers.pop(), 'SIGKILL'),
    });
    for (const server of servers) await endServer(server, 'SIGTERM');
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
});

export { expect };

/** Opens a room by its place in the rail. */
export async function goTo(page: Page, room: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${room}`) })
    .click();
}

/** No rule of axe is broken on the page as it stands; a grid that fetches its rows is paler for a moment, and waited for. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator('[role=grid][data-stale=true]')).toHaveCount(0);
  const result = await new AxeBuilder({ page }).analyze();
  expect(
    result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    ),
  ).toEqual([]);
}

function startServer(dir: string, project: string | undefined, servers: ChildProcess[]): Promise<string> {
  const args = [
    resolve('dist/node/teal.js'),
    ...(project ? ['-p', project] : []),
    '--json',
    'ui',
    '--no-open',
  ];
  const env = { ...process.env, TEAL_STATE_DIR: join(dir, 'state'), HOME: dir, UV_THREADPOOL_SIZE: '16' };
  const server = spawn(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  servers.push(server);
  return new Promise((started, failed) => {
    let out = '';
    let err = '';
    server.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
      if (out.includes('\n')) started((JSON.parse(out) as { url: string }).url);
    });
    server.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    server.once('exit', (code) => failed(new Error(`teal ui ended with ${code}: ${err}`)));
  });
}

async function endServer(server: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill(signal);
  await ended;
}
