import { fault } from '../base/errors';
import type { PinnedParent } from '../release/definition';
import type { WarehouseState } from '../release/types';
import { textOf } from './definition';
import type { Candidate } from './editions/candidate';
import type { Decision } from './editions/decide';
import type { PlannedModel } from './types';

interface Pinning {
  readonly state: WarehouseState;
  readonly decision: Decision;
  readonly planned: ReadonlyMap<string, PlannedModel>;
}

/** What a model reads, pinned: versions as this plan shows them, sources as they are now, the texts of embedded models. */
export function pinParents(candidate: Candidate, pinning: Pinning): Record<string, PinnedParent> {
  const parents: Record<string, PinnedParent> = {};
  for (const name of candidate.model.parents) {
    const parent = pinParent(name, candidate, pinning);
    if (parent) parents[name] = parent;
  }
  return parents;
}

/** Names that a model reads, by itself or through embedded ones, and that neither a model nor a source stands behind. */
export function externalsOf(candidate: Candidate, pinning: Pinning): readonly string[] {
  const { state, decision } = pinning;
  const found = candidate.model.parents.flatMap((name) => {
    const above = decision.candidates.get(name);
    if (above) return above.model.kind.name === 'EMBEDDED' ? externalsOf(above, pinning) : [];
    return name.startsWith('raw.') && state.snapshots.has(name.slice(4)) ? [] : [name];
  });
  return [...new Set(found)];
}

function pinParent(name: string, reader: Candidate, pinning: Pinning): PinnedParent | undefined {
  const { state, decision, planned } = pinning;
  const above = decision.candidates.get(name);
  if (above?.model.kind.name === 'EMBEDDED') {
    const parents = pinParents(above, pinning);
    return { type: 'embedded', text: textOf(above), file: above.model.file, parents };
  }
  if (above?.model.kind.name === 'EXTERNAL') return undefined;
  if (above) return { type: 'model', version: planned.get(name)?.shown ?? 0 };
  if (!name.startsWith('raw.')) return undefined;
  const snapshot = state.snapshots.get(name.slice(4));
  if (snapshot) return { type: 'source', snapshot: snapshot.id };
  // Some other table of the schema `raw`, which is there or not when it is read.
  if (!decision.request.sources?.includes(name.slice(4))) return undefined;
  throw fault(
    'plan.refused',
    `${reader.edition.model} reads ${name}, and that source has not been read in yet.`,
    {
      place: { file: reader.model.file, source: name.slice(4) },
      kept: 'Nothing was planned or written.',
      remedy: 'Read the source again, or look at why it could not be read.',
    },
  );
}
