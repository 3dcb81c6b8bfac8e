import { Fault, fault, type Problem, toProblem } from '../base/errors';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { CallContext } from '../protocol/port';
import { type SnapshotRecords, takeSnapshot } from '../raw/snapshot';
import { readSnapshotsById, writeSnapshot } from '../release/store';
import type { Snapshot } from '../release/types';
import type { KeptFile } from './platform';
import type { Workspace } from './workspace';

/** What could not be taken in, by source; kept until it is tried again. */
const problems = new WeakMap<Workspace, Map<string, Problem>>();

/** Projects whose sources were looked at since they were opened or last changed on disk. */
const lookedAt = new WeakSet<Workspace>();

/** Reads sources in that this host has not looked at yet; cheap afterwards. */
export async function ensureSources(workspace: Workspace): Promise<void> {
  if (!lookedAt.has(workspace)) await takeInSources(workspace);
}

/**
 * Makes sure that every source of the project has been read in as its files are now. A source that cannot be read keeps its former
 * snapshot, or has none, and its problem is shown with it; the others are read all the same.
 */
export function takeInSources(workspace: Workspace, context?: CallContext): Promise<void> {
  return workspace.during(takeInAll(workspace, context));
}

async function takeInAll(workspace: Workspace, context?: CallContext): Promise<void> {
  const state = await workspace.state();
  const sources = [...workspace.code.project.sources.values()];
  let changed = false;
  for (const [index, source] of sources.entries()) {
    if (workspace.closing.aborted) throw fault('cancelled', 'The project was closed.');
    context?.progress(`Reading raw.${source.name}`, index, sources.length);
    const taken = await tryTakeIn(workspace, source, state.snapshots.get(source.name));
    changed ||= taken;
  }
  await workspace.folder.saveIndex();
  lookedAt.add(workspace);
  if (changed) workspace.hub.changed('sources', 'graph');
}

/** The problem that kept a source from being read, if any. */
export function sourceProblem(workspace: Workspace, source: string): Problem | undefined {
  return problems.get(workspace)?.get(source);
}

/** Reads one source again; gives its snapshot, or throws what is wrong with its files. */
export async function takeIn(
  workspace: Workspace,
  source: SourceFile,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const previous = (await workspace.state()).snapshots.get(source.name);
  const files = await keepFiles(workspace, source, signal);
  const taken = await workspace.write((session) =>
    takeSnapshot({
      session,
      source,
      files,
      records: recordsOf(session),
      now: workspace.platform.now(),
      sha256: (text) => workspace.platform.sha256(text),
      resolve: (kept) => workspace.folder.resolve(kept),
      ...(previous ? { previous } : {}),
      ...(signal ? { signal } : {}),
    }),
  );
  workspace.touched();
  forget(workspace, source.name);
  return taken.snapshot;
}

async function tryTakeIn(
  workspace: Workspace,
  source: SourceFile,
  previous: Snapshot | undefined,
): Promise<boolean> {
  try {
    return (await takeIn(workspace, source, workspace.closing)).id !== previous?.id;
  } catch (error) {
    if (
      !(error instanceof Fault) ||
      error.problem.code === 'cancelled' ||
      error.problem.code === 'engine.disk_full'
    )
      throw error;
    const known = problems.get(workspace) ?? new Map<string, Problem>();
    problems.set(workspace, known.set(source.name, toProblem(error)));
    return false;
  }
}

async function keepFiles(
  workspace: Workspace,
  source: SourceFile,
  signal: AbortSignal | undefined,
): Promise<readonly KeptFile[]> {
  const paths = await workspace.folder.match(source.files);
  if (paths.length === 0)
    throw fault('source.file_missing', `raw.${source.name} names no file that is there.`, {
      place: { source: source.name, file: `sources/${source.name}.yaml` },
      kept: 'The former snapshot, if any, is still used.',
      remedy: `Put the files back, or correct the paths: ${source.files.join(', ')}.`,
    });
  const kept: KeptFile[] = [];
  for (const path of paths) kept.push(await workspace.folder.keep(path, signal));
  return kept;
}

function recordsOf(session: Session): SnapshotRecords {
  return {
    find: async (id) => (await readSnapshotsById(session, [id])).get(id),
    write: (snapshot) => writeSnapshot(session, snapshot),
  };
}

function forget(workspace: Workspace, source: string): void {
  problems.get(workspace)?.delete(source);
}
