import type { Model } from '../project/model';
import type { Version } from '../release/types';
import { canonicalText } from '../sql/lexer';
import { type Fingerprint, kindLogic } from './fingerprint';
import { onlyAddsColumns, selectsStar } from './query-change';

/** How a change matters; the words and rules are SQLMesh's. */
type ChangeClass =
  | 'added'
  | 'removed'
  | 'breaking'
  | 'non_breaking'
  | 'indirect_breaking'
  | 'indirect_non_breaking'
  | 'metadata';

export interface Change {
  readonly class: ChangeClass;
  readonly reason: string;
}

/** What differs between a model and the version it is compared with; null where nothing does. */
export function classifyChange(
  model: Model,
  print: Fingerprint,
  base: Version | undefined,
  parentChanges: ReadonlyMap<string, Change>,
): Change | null {
  if (!base) return { class: 'added', reason: 'New in this environment.' };
  if (base.fingerprint === print.data) {
    return base.definition.metadata === print.metadata
      ? null
      : { class: 'metadata', reason: 'Only what does not decide rows changed.' };
  }
  return directChange(model, base) ?? indirectChange(model, parentChanges);
}

/** Whether a change of this class makes a model's rows be computed again. */
export function recomputes(change: Change | null): boolean {
  return change !== null && change.class !== 'metadata' && change.class !== 'indirect_non_breaking';
}

function directChange(model: Model, base: Version): Change | null {
  if (base.definition.kind !== kindLogic(model.kind))
    return { class: 'breaking', reason: 'The way it is kept changed.' };
  if (canonicalText(base.definition.query) !== canonicalText(model.query)) {
    return onlyAddsColumns(base.definition.query, model.query)
      ? { class: 'non_breaking', reason: 'Columns were added; all others stay as they were.' }
      : { class: 'breaking', reason: 'The query changed, so its rows may differ.' };
  }
  return null;
}

function indirectChange(model: Model, parentChanges: ReadonlyMap<string, Change>): Change {
  const changed = model.parents.filter((parent) => parentChanges.has(parent));
  const breaking = changed.filter((parent) => {
    const change = parentChanges.get(parent);
    return (
      change?.class === 'breaking' ||
      change?.class === 'indirect_breaking' ||
      (change?.class === 'non_breaking' && selectsStar(model.query))
    );
  });
  if (breaking.length > 0)
    return { class: 'indirect_breaking', reason: `It reads ${breaking.join(', ')}, whose rows change.` };
  if (changed.length > 0)
    return {
      class: 'indirect_non_breaking',
      reason: `It reads ${changed.join(', ')}, which only gained columns.`,
    };
  return { class: 'breaking', reason: 'Its columns, a variable or a seed file changed.' };
}
