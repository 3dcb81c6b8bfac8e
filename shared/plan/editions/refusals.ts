import { fault } from '../../base/errors';
import { toTimestamp } from '../../base/time';
import type { Edition } from '../../release/editions';
import type { WarehouseState } from '../../release/types';
import { keepsValues, sameType } from '../../sql/column-types';
import { selectedColumns } from '../../sql/select-types';
import type { Candidates } from './candidate';
import { isForwardOnlyChange } from './categorise';
import { differenceOf, type EnvironmentDifference, storedEdition } from './compare';
import type { EditionSource } from './draft';
import type { PlanRequest } from './request';

const KEPT = { kept: 'Nothing was planned or written.' };

interface Refusing {
  readonly request: PlanRequest;
  readonly difference: EnvironmentDifference;
  readonly isDev: boolean;
  readonly start: number | null;
  readonly end: number | null;
}

/** Refuses what SQLMesh refuses: each is a `plan.refused` fault that says what to do instead. */
export function refuseRequest({ request, difference, isDev, start, end }: Refusing): void {
  refuseChoices(request, difference);
  refuseUnchanged(request, difference, isDev);
  const given = request.start !== null || request.end !== null;
  if (given && !isDev && request.restate === null && !request.carry)
    throw refused(
      'A plan of prod takes no start and end without models to restate: every model is filled from its own start.',
      'Leave them out, name --restate-model, or plan another environment.',
    );
  const until = request.endWritten ?? end;
  if (start !== null && until !== null && start > until)
    throw refused(`The plan's end, ${toTimestamp(until)}, is before its start, ${toTimestamp(start)}.`);
  if (request.endWritten !== null && request.endWritten > request.executionTime)
    throw refused(
      `The plan's end, ${toTimestamp(request.endWritten)}, is after its execution time, ${toTimestamp(request.executionTime)}.`,
      'Give an earlier end, or a later --execution-time.',
    );
  refuseBrokenReferences(difference);
  refuseEffectiveDate(request);
}

function refuseChoices({ choices }: PlanRequest, { candidates, added }: EnvironmentDifference): void {
  for (const name of Object.keys(choices)) {
    const candidate = candidates.get(name);
    if (!candidate) throw refused(`There is no model ${name} to choose a category for.`);
    if (!candidate.isNew) throw refused(`This version of ${name} was planned before and keeps its category.`);
    if (!added.has(name) && differenceOf(candidate) !== 'direct')
      throw refused(`${name} is not changed itself, so its category follows from the models above it.`);
  }
}

function refuseUnchanged(
  request: PlanRequest,
  { isNew, candidates, added, removed }: EnvironmentDifference,
  isDev: boolean,
): void {
  const changed = added.size > 0 || removed.length > 0 || [...candidates.values()].some((one) => one.old);
  if (!isDev || request.includeUnmodified || !isNew || changed || request.backfill || request.restate) return;
  throw refused(
    `${request.environment} would be a new environment that shows what ${request.createFrom} shows.`,
    'Change a model first, or give --include-unmodified.',
  );
}

function refuseBrokenReferences({ candidates, removed }: EnvironmentDifference): void {
  for (const [name, { model }] of candidates) {
    const gone = model.parents.find((parent) => removed.includes(parent));
    if (gone) throw refused(`${gone} was removed, and ${name} reads it.`, 'Remove the reference first.');
  }
}

function refuseEffectiveDate(request: PlanRequest): void {
  if (request.effectiveFrom === null) return;
  if (!request.forwardOnly)
    throw refused(
      'An effective date is only for a forward-only plan.',
      'Add --forward-only, or leave it out.',
    );
  if (request.effectiveFrom > request.executionTime)
    throw refused('The effective date is in the future.', 'Give a day that has begun.');
}

/** Refuses forward-only changes that would drop or add columns where the model does not allow it. */
export function refuseLostColumns(candidates: Candidates, request: PlanRequest, state: WarehouseState): void {
  const parentOf: ParentOf = (name, id) => {
    const now = candidates.get(name)?.edition;
    return now?.print.id === id ? now : storedEdition(state, name, id);
  };
  for (const [name, candidate] of candidates) {
    const { old, edition, model } = candidate;
    if (
      !old ||
      differenceOf(candidate) !== 'direct' ||
      !(request.forwardOnly || isForwardOnlyChange(candidate))
    )
      continue;
    if (!('onDestructiveChange' in model.kind)) continue;
    const { lost, gained } = columnChange(old, edition, parentOf);
    if (
      lost.length > 0 &&
      model.kind.onDestructiveChange === 'error' &&
      !request.allowDestructive.includes(name)
    )
      throw refused(
        `The forward-only change of ${name} drops ${lost.join(', ')}, and what it held would be lost.`,
        `Keep the column, set on_destructive_change, or give --allow-destructive-model ${name}.`,
      );
    if (gained.length > 0 && model.kind.onAdditiveChange === 'error' && !request.allowAdditive.includes(name))
      throw refused(
        `The forward-only change of ${name} adds ${gained.join(', ')}, which its model forbids.`,
        `Set on_additive_change, or give --allow-additive-model ${name}.`,
      );
  }
}

type Columned = Pick<Edition<EditionSource>, 'traits' | 'source' | 'parents'>;

/** Columns that a table would lose or gain; one of another type counts as lost, a wider decimal as gained. */
function columnChange(
  old: Columned,
  now: Columned,
  parentOf: ParentOf,
): { lost: readonly string[]; gained: readonly string[] } {
  const [before, after] = [old.traits.columns, now.traits.columns];
  if (!before || !after) return { lost: [], gained: [] };
  const [was, is] = [typesOf(old, parentOf), typesOf(now, parentOf)];
  const differs = (name: string, kept: (left: string, right: string) => boolean) => {
    const [left, right] = [was.get(name), is.get(name)];
    return left !== undefined && right !== undefined && !kept(left, right);
  };
  return {
    lost: before.filter((name) => !after.includes(name) || differs(name, keepsValues)),
    gained: after.filter(
      (name) => !before.includes(name) || (differs(name, sameType) && !differs(name, keepsValues)),
    ),
  };
}

type ParentOf = (name: string, id: string) => Columned | undefined;

/** The types of columns as far as they are declared, stand in the query, or are those of columns that it reads. */
function typesOf(edition: Columned, parentOf: ParentOf): ReadonlyMap<string, string> {
  const { traits, source, parents } = edition;
  const { columns } = source.model;
  if (columns.length > 0) return new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]));
  const given = Object.entries(parents).flatMap(([name, id]) => {
    const parent = parentOf(name, id);
    if (!parent) return [];
    return [
      [name, [...typesOf(parent, parentOf)].map(([column, type]) => ({ name: column, type }))] as const,
    ];
  });
  const known = selectedColumns(traits.rendered.replaceAll('\u0001', ' '), new Map(given)) ?? [];
  return new Map(
    known.flatMap(({ name, type }) => (type === undefined ? [] : [[name.toLowerCase(), type] as const])),
  );
}

function refused(message: string, remedy?: string) {
  return fault('plan.refused', message, { ...KEPT, ...(remedy ? { remedy } : {}) });
}
