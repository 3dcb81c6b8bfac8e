import type { PlanView } from '../../../shared/protocol/views/backfill';
import { countOf, formatCount } from '../../ui/format';
import type { Category } from './plan-options';
import { shortName, spanText } from './words';

/** A model that a plan changes, and why. */
export interface ChangedModel {
  readonly model: string;
  /** null: it has no category, as it is new, gone, or only lacks history; or nobody has chosen one yet */
  readonly category: Category | null;
  readonly isForwardOnly: boolean;
  readonly reason: string;
  /** the intervals that it lacks: `59 intervals` */
  readonly missing: string;
  /** the span that is computed again */
  readonly restated: string;
}

export interface ChangeGroup {
  readonly id: 'direct' | 'indirect' | 'metadata' | 'added' | 'removed' | 'history';
  readonly title: string;
  readonly models: readonly ChangedModel[];
}

const TITLES: Readonly<Record<ChangeGroup['id'], string>> = {
  direct: 'Changed by their own text',
  indirect: 'Changed by what they read',
  added: 'New',
  metadata: 'Metadata: nothing that decides rows',
  history: 'Not changed, history to fill',
  removed: 'Taken away',
};

const CATEGORIES: Readonly<Record<Category, string>> = {
  BREAKING: 'Breaking',
  NON_BREAKING: 'Non-breaking',
  INDIRECT_BREAKING: 'Indirect breaking',
  INDIRECT_NON_BREAKING: 'Indirect non-breaking',
  METADATA: 'Metadata',
  FORWARD_ONLY: 'Forward-only',
};

/** What a category means for rows, to choose by. */
const MEANINGS: Readonly<Record<Category, string>> = {
  BREAKING: 'It and all models below are computed again',
  NON_BREAKING: 'It is computed again, models below keep their rows',
  INDIRECT_BREAKING: 'It is computed again, since what it reads changed',
  INDIRECT_NON_BREAKING: 'It keeps its rows',
  METADATA: 'No row changes',
  FORWARD_ONLY: 'Rows that are there stay, new ones follow the new text',
};

/** The categories that somebody may choose for a model whose own text changed. */
export const CHOICES = (['BREAKING', 'NON_BREAKING'] as const).map((id) => ({
  id,
  title: CATEGORIES[id],
  note: MEANINGS[id],
}));

export function categoryWord(category: Category): string {
  return CATEGORIES[category];
}

export function categoryMeaning(category: Category): string {
  return MEANINGS[category];
}

type Planned = Pick<PlanView, 'decision' | 'reasons'>;

/** The changes of a plan by what they come from; groups without models are left out. */
export function changeGroups(plan: Planned): readonly ChangeGroup[] {
  const { decision } = plan;
  const { directlyModified, indirectlyModified, metadataUpdated, added, removed } = decision;
  const named = new Set([
    ...Object.keys(directlyModified),
    ...Object.keys(indirectlyModified),
    ...Object.keys(metadataUpdated),
    ...added,
    ...removed,
  ]);
  const waiting = [...Object.keys(decision.missingIntervals), ...Object.keys(decision.restatements)];
  const history = [...new Set(waiting)].filter((model) => !named.has(model));
  const names: Readonly<Record<ChangeGroup['id'], readonly string[]>> = {
    direct: Object.keys(directlyModified),
    indirect: Object.keys(indirectlyModified),
    added,
    metadata: Object.keys(metadataUpdated),
    history,
    removed,
  };
  return (Object.keys(TITLES) as ChangeGroup['id'][]).flatMap((id) =>
    names[id].length === 0
      ? []
      : { id, title: TITLES[id], models: names[id].toSorted().map((model) => changedModel(plan, model)) },
  );
}

function changedModel({ decision, reasons }: Planned, model: string): ChangedModel {
  const { directlyModified, indirectlyModified, metadataUpdated, forwardOnly, removed } = decision;
  const category = directlyModified[model] ?? indirectlyModified[model] ?? metadataUpdated[model] ?? null;
  const count = decision.missingIntervals[model]?.count ?? 0;
  const restated = decision.restatements[model];
  return {
    model,
    category,
    isForwardOnly: forwardOnly.includes(model) && category !== 'FORWARD_ONLY',
    reason: removed.includes(model) ? 'Its file is gone.' : (reasons[model] ?? ''),
    missing: count === 0 ? '' : countOf(count, 'interval'),
    restated: restated ? spanText(restated) : '',
  };
}

/** `1,059 intervals missing in 2 models, 3 models computed again`. */
export function missingWords({ decision }: Pick<PlanView, 'decision'>): string {
  const missing = Object.values(decision.missingIntervals);
  const total = missing.reduce((sum, { count }) => sum + count, 0);
  const again = Object.keys(decision.restatements).length;
  const lacks =
    total === 0 ? '' : `${countOf(total, 'interval')} missing in ${countOf(missing.length, 'model')}`;
  return [lacks, again === 0 ? '' : `${countOf(again, 'model')} computed again`].filter(Boolean).join(', ');
}

/** Why some of the models that were asked for are not computed again. */
export function notRestatedWords({ decision }: Pick<PlanView, 'decision'>): readonly string[] {
  return Object.entries(decision.notRestated).map(([model, why]) => `${shortName(model)}: ${why}`);
}

/** `3 changed, 1 new`. */
export function changesNote(groups: readonly ChangeGroup[]): string {
  const count = (...ids: ChangeGroup['id'][]): number =>
    groups.filter(({ id }) => ids.includes(id)).reduce((sum, { models }) => sum + models.length, 0);
  const parts = [
    [count('direct', 'indirect', 'metadata'), 'changed'],
    [count('added'), 'new'],
    [count('removed'), 'gone'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${formatCount(number)} ${word}`)
    .join(', ');
}
