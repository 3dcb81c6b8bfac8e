import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import type { NativeEngineOptions } from '../../node/engine/settings';
import { Fault, type Problem } from '../../shared/base/errors';
import type { Engine } from '../../shared/engine/contract';

/** A folder that is removed when the test ends. */
export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'teal-faults-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** An engine that is closed when the test ends. */
export async function openEngine(
  options: Partial<NativeEngineOptions> & { readonly path: string },
): Promise<Engine> {
  const engine = await openNativeEngine({ allowedDirectories: null, ...options });
  onTestFinished(() => engine.close());
  return engine;
}

/** The Problem that a call fails with. */
export async function problemOf(call: Promise<unknown>): Promise<Problem | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem;
    throw thrown;
  }
}

/** A Node process on a script of `children/`, with its lines as they come. */
export interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  nextLine(): Promise<string>;
  /** ends it as `kill -9` does and waits until it is gone */
  kill(): Promise<void>;
}

export function startChild(script: 'hold' | 'commit', path: string): Child {
  const file = fileURLToPath(new URL(`children/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  return { process: child, nextLine: async () => String((await lines.next()).value), kill };
}

/** Whether a command exists and answers with success. */
export function works(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}
