import type { SourceFile } from '../project/source-file';
import { sourceViewName } from '../raw/names';
import { type ColumnProfile, profileColumns } from '../raw/profile';
import { type ReadingFacts, readingFacts } from '../raw/reading-facts';
import type { Snapshot } from '../release/types';
import { id } from '../sql/sql';
import type { Workspace } from './workspace';

/** What was counted in a snapshot. */
export interface SourceFacts {
  readonly profile: readonly ColumnProfile[];
  readonly facts: ReadingFacts;
}

const counted = new WeakMap<Workspace, Map<string, Promise<SourceFacts>>>();

/** Counts a snapshot once: it never changes, and its profile costs a scan. */
export function sourceFacts(
  workspace: Workspace,
  source: SourceFile,
  snapshot: Snapshot,
): Promise<SourceFacts> {
  const known = counted.get(workspace) ?? new Map<string, Promise<SourceFacts>>();
  counted.set(workspace, known);
  const key = JSON.stringify([snapshot.id, source]);
  const found = known.get(key) ?? countFacts(workspace, source, snapshot);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

function countFacts(workspace: Workspace, source: SourceFile, snapshot: Snapshot): Promise<SourceFacts> {
  return workspace.read(async (session) => {
    const profile = await profileColumns(session, id(...sourceViewName(source.name)), snapshot.columns);
    const resolve = (kept: string) => workspace.folder.resolve(kept);
    return { profile, facts: await readingFacts({ session, source, snapshot, profile, resolve }) };
  });
}
