import type { Edition } from '../../release/editions';
import { onlyAddsColumns, type QueryPair, sameQuery } from '../query-change';
import type { EditionDraft, EditionSource } from './draft';

/** An edition as it is stored, or the draft of one. */
export type Compared = Pick<EditionDraft, 'print' | 'traits'>;

/**
 * Whether a model's own data may differ between two editions. Another spelling that renders to the same SQL is none, nor are a
 * comment, a layout, or anything that is metadata (SQLMesh: `is_data_change`).
 */
export function differsDirectly(now: Compared, before: Compared): boolean {
  const same = now.print.data === before.print.data && now.print.metadata === before.print.metadata;
  return !same && !differsInMetadataOnly(now, before);
}

/** Whether only what a model reads differs. */
export function differsIndirectly(now: Compared, before: Compared): boolean {
  return now.print.parentData !== before.print.parentData && !differsDirectly(now, before);
}

function differsInMetadataOnly(now: Compared, before: Compared): boolean {
  return (
    now.print.metadata !== before.print.metadata &&
    now.traits.settings === before.traits.settings &&
    JSON.stringify(now.traits.seed) === JSON.stringify(before.traits.seed) &&
    sameQuery(queriesOf(now, before)) &&
    JSON.stringify(now.traits.statements) === JSON.stringify(before.traits.statements)
  );
}

/** Whether a direct change leaves all that was there as it was: columns were added, or nothing of the query changed. */
export function addsOnly(
  now: { readonly traits: EditionDraft['traits']; readonly source: EditionSource },
  before: { readonly traits: EditionDraft['traits']; readonly source: EditionSource },
): boolean {
  if (now.traits.seed && before.traits.seed) {
    const [fresh, old] = [now.traits.seed, before.traits.seed];
    return Object.entries(old).every(([name, hash]) => fresh[name] === hash);
  }
  if (now.traits.seed || before.traits.seed) return false;
  if (now.source.model.kind.name === 'EXTERNAL') return keepsColumns(now.source, before.source);
  if (lookbackOf(now.source) !== lookbackOf(before.source)) return false;
  return onlyAddsColumns(queriesOf(now, before));
}

function queriesOf(now: Pick<Compared, 'traits'>, before: Pick<Compared, 'traits'>): QueryPair {
  return {
    before: before.traits.rendered,
    after: now.traits.rendered,
    resolved: now.traits.resolved && before.traits.resolved,
  };
}

/** Whether a model's kind changed so that its rows cannot go on from those before. */
export function changesKind(now: EditionSource, before: EditionSource): boolean {
  const [fresh, old] = [now.model, before.model];
  if (fresh.kind.name === old.kind.name) return false;
  const incremental = (name: string) => name.startsWith('INCREMENTAL_') || name.startsWith('SCD_');
  if (!incremental(fresh.kind.name) || !incremental(old.kind.name)) return true;
  return JSON.stringify(fresh.partitionedBy) !== JSON.stringify(old.partitionedBy);
}

/** Whether a change asks that a line of rows be filled anew although it is the same line. */
export function forcesRebuild(now: Edition<EditionSource>, before: Edition<EditionSource>): boolean {
  const { name } = now.source.model.kind;
  if (name === 'VIEW' && now.category === 'INDIRECT_NON_BREAKING' && !now.forwardOnly) return true;
  const renamed = now.category === 'METADATA' && now.previous.at(-1)?.id === before.print.id;
  if (name === 'SEED' && !renamed) return true;
  return changesKind(now.source, before.source);
}

function keepsColumns({ model }: EditionSource, before: EditionSource): boolean {
  const now = new Set(model.columns.map(({ name, type }) => `${name} ${type}`));
  return before.model.columns.every(({ name, type }) => now.has(`${name} ${type}`));
}

function lookbackOf({ model }: EditionSource): number {
  return 'lookback' in model.kind ? model.kind.lookback : 0;
}
