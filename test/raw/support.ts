import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNativeEngine } from '../../node/engine/native-engine';
import { Fault, type Problem } from '../../shared/base/errors';
import type { Engine, Session } from '../../shared/engine/contract';
import { readSourceFile, type SourceFile } from '../../shared/project/source-file';
import type { KeptInput } from '../../shared/raw/raw-file';
import { type SnapshotRequest, type TakenSnapshot, takeSnapshot } from '../../shared/raw/snapshot';
import { createLayout } from '../../shared/release/schema';
import { readSnapshotsById, writeSnapshot } from '../../shared/release/store';
import type { Snapshot } from '../../shared/release/types';

export const sushi = join(import.meta.dirname, '../../examples/sushi');

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A warehouse in memory and a folder of files, both gone with `close`. */
export interface Bench {
  readonly engine: Engine;
  readonly session: Session;
  readonly folder: string;
  file(name: string, content: string | Uint8Array): KeptInput;
  take(
    source: SourceFile,
    files: readonly KeptInput[],
    more?: Partial<SnapshotRequest>,
  ): Promise<TakenSnapshot>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'teal-raw-'));
  const engine = await openNativeEngine({ path: ':memory:', allowedDirectories: null });
  const session = await engine.session('writer');
  await session.run(createLayout);
  return {
    engine,
    session,
    folder,
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return keptFile(join(folder, name), name);
    },
    take: (source, files, more = {}) => takeSnapshot({ ...request(session, source, files), ...more }),
    async close() {
      await session.release();
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A file as if it had been kept where it stands. */
export function keptFile(path: string, name: string): KeptInput {
  return { path: name, kept: path, sha256: sha256(readFileSync(path)), bytes: statSync(path).size };
}

function request(session: Session, source: SourceFile, files: readonly KeptInput[]): SnapshotRequest {
  const records = {
    find: async (id: string): Promise<Snapshot | undefined> =>
      (await readSnapshotsById(session, [id])).get(id),
    write: (snapshot: Snapshot) => writeSnapshot(session, snapshot),
  };
  return { session, source, files, records, now: Date.UTC(2025, 3, 3, 9), sha256, resolve: (kept) => kept };
}

/** A source's file of the sample project. */
export function sushiSource(name: string): SourceFile {
  return sourceOf(readFileSync(join(sushi, 'sources', `${name}.yaml`), 'utf8'));
}

export function sourceOf(text: string): SourceFile {
  const read = readSourceFile('sources/test.yaml', text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

/** The problem of a call that fails as expected, null when it went well. */
export async function problemOf(call: Promise<unknown>): Promise<Problem | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem;
    throw thrown;
  }
}
