// The command line as a user types it: the built program in a process of its own, on folders of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Problem } from '../../shared/base/errors';

export const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, 'dist/node/teal.js');

/** Brings `dist/node` up to date; does nothing where no input changed. */
export function buildTeal(...targets: ('node' | 'renderer' | 'electron')[]): void {
  const names = targets.length > 0 ? targets : ['node'];
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'build/build.mjs'), ...names], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build failed:\n${stderr}`);
}

/** A folder that is removed with the test, or by the caller where `keep` takes it over. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'teal-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** Writes files by their path below a folder. */
export function writeFiles(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A copy of a project, to be changed at will. */
export function copyProject(from: string): string {
  const dir = join(createFolder(), 'project');
  cpSync(from, dir, { recursive: true });
  return dir;
}

export interface Ended {
  /** the exit code; null where a signal ended it */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** what came on stdout and stderr so far */
  readonly said: { out: string; err: string };
  /** resolves as soon as the text has come on either stream, and at the end of the process at the latest */
  says(text: string | RegExp): Promise<void>;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** what runs in place of `node dist/node/teal.js` */
  readonly command?: readonly string[];
}

/** Starts `teal ARGS`. */
export function startTeal(args: readonly string[], { cwd, env, command }: Surroundings = {}): Started {
  const [file = '', ...before] = command ?? [process.execPath, PROGRAM];
  const child = spawn(file, [...before, ...args], {
    cwd: cwd ?? tmpdir(),
    env: { ...process.env, TEAL_STATE_DIR: join(tmpdir(), 'teal-cli-state'), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  const says = (text: string | RegExp) =>
    new Promise<void>((done) => {
      const look = () => {
        const all = said.out + said.err;
        if (typeof text === 'string' ? all.includes(text) : text.test(all)) done();
      };
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      child.once('close', () => done());
      look();
    });
  return { child, ended, said, says };
}

/** Runs `teal ARGS` to its end. */
export function teal(args: readonly string[], around?: Surroundings): Promise<Ended> {
  return startTeal(args, around).ended;
}

/** Runs `teal ARGS --json` and reads stdout, which must be exactly one JSON document. */
export async function tealJson<T>(
  args: readonly string[],
  around?: Surroundings,
): Promise<Ended & { readonly json: T }> {
  const ended = await teal([...args, '--json'], around);
  return { ...ended, json: JSON.parse(ended.out) as T };
}

interface Refusal {
  readonly error: Problem;
}

/** Runs `teal ARGS --json`, which must fail, and gives its exit code with its Problem. */
export async function refusal(
  args: readonly string[],
  around?: Surroundings,
): Promise<Problem & { readonly exit: number | null }> {
  const { code, json } = await tealJson<Refusal>(args, around);
  return { ...json.error, exit: code };
}

/** The rows of a query. */
export async function rowsOf(
  dir: string,
  text: string,
  ...more: string[]
): Promise<Record<string, unknown>[]> {
  const { code, json } = await tealJson<{ rows: Record<string, unknown>[] } & Partial<Refusal>>([
    '-p',
    dir,
    'query',
    text,
    ...more,
  ]);
  if (code !== 0) throw new Error(json.error?.message ?? `exit code ${code}`);
  return json.rows;
}

/** The first cell of a query's first row. */
export async function cellOf(dir: string, text: string, ...more: string[]): Promise<unknown> {
  return Object.values((await rowsOf(dir, text, ...more))[0] ?? {})[0];
}
