import type { Category } from '../../release/editions';
import type { Candidate, Candidates } from './candidate';
import { breaksKind, differenceOf, type EnvironmentDifference } from './compare';
import { addsOnly } from './differences';
import type { PlanRequest } from './request';
import { isForwardOnly, isMaterialized, kindData } from './settings';

type Categorising = Pick<PlanRequest, 'forwardOnly' | 'choices' | 'autoCategorise' | 'categorize'>;

const BREAKS: ReadonlySet<Category> = new Set(['BREAKING', 'INDIRECT_BREAKING']);

/** Gives every new edition its category and with it the lines that its rows are kept in, parents first. */
export function categorise(difference: EnvironmentDifference, request: Categorising): void {
  const { candidates } = difference;
  for (const [name, candidate] of candidates) {
    if (!candidate.isNew) continue;
    const forwardOnly =
      (request.forwardOnly || isForwardOnlyChange(candidate)) &&
      !(candidate.old && (breaksKind(candidate) || candidate.model.kind.name === 'SEED'));
    const chosen = request.choices[name];
    if (chosen) assign(candidate, chosen, forwardOnly);
    else if (difference.added.has(name)) assign(candidate, 'BREAKING', forwardOnly);
    else categoriseChange(candidate, candidates, { forwardOnly, request });
  }
}

/** Whether a change of this candidate applies from now on because its model says so. */
export function isForwardOnlyChange(candidate: Candidate): boolean {
  const kind = differenceOf(candidate);
  if ((kind !== 'direct' && kind !== 'indirect') || breaksKind(candidate)) return false;
  return isForwardOnly(candidate.model.kind) && candidate.edition.previous.length > 0;
}

function categoriseChange(
  candidate: Candidate,
  candidates: Candidates,
  { forwardOnly, request }: { forwardOnly: boolean; request: Categorising },
): void {
  const kind = differenceOf(candidate);
  if (kind === 'direct') {
    const category = automatic(candidate, candidates, request);
    candidate.uncategorised = category === null;
    assign(candidate, category ?? 'BREAKING', forwardOnly && category !== null);
  } else if (kind === 'indirect') categoriseIndirect(candidate, candidates, forwardOnly);
  else assign(candidate, 'METADATA', forwardOnly);
}

/** The category of a change that nobody chose one for; null where somebody has to. */
function automatic(
  candidate: Candidate,
  candidates: Candidates,
  { autoCategorise, categorize }: Categorising,
): Category | null {
  if (!autoCategorise) return null;
  if (breaksKind(candidate)) return 'BREAKING';
  const mode = categorize?.[SOURCES[candidate.model.kind.name] ?? 'sql'] ?? 'full';
  if (mode === 'off') return null;
  const category = categoryOfDirect(candidate, candidates);
  return mode === 'semi' && category === 'BREAKING' ? null : category;
}

const SOURCES: Readonly<Record<string, 'seed' | 'external'>> = { SEED: 'seed', EXTERNAL: 'external' };

/** Whether rows below a new edition may differ. */
function breaks({ edition, uncategorised }: Candidate): boolean {
  return BREAKS.has(edition.category) && uncategorised !== true;
}

/** Breaking where some column of the model or of a changed model below is not known, so that nothing can be ruled out. */
function categoryOfDirect(candidate: Candidate, candidates: Candidates): Category {
  if (!candidate.old) return 'BREAKING';
  const below = modelsBelow(candidate.edition.model, candidates).filter(
    (other) => differenceOf(other) === 'indirect',
  );
  if ([candidate, ...below].some((one) => one.edition.traits.columns === null)) return 'BREAKING';
  return addsOnly(candidate.edition, candidate.old) ? 'NON_BREAKING' : 'BREAKING';
}

function modelsBelow(name: string, candidates: Candidates): readonly Candidate[] {
  const reached = new Set([name]);
  const below: Candidate[] = [];
  for (const [other, candidate] of candidates) {
    if (!Object.keys(candidate.edition.parents).some((parent) => reached.has(parent))) continue;
    reached.add(other);
    below.push(candidate);
  }
  return below;
}

function categoriseIndirect(candidate: Candidate, candidates: Candidates, forwardOnly: boolean): void {
  const { kind } = candidate.model;
  if (kind.name === 'VIEW' && kind.materialized && !forwardOnly) {
    assign(candidate, 'INDIRECT_BREAKING', forwardOnly);
    return;
  }
  const upstream = newAbove(candidate, candidates);
  const parents = new Set(Object.keys(candidate.edition.parents));
  const direct = upstream.filter((one) => parents.has(one.edition.model));
  const onward =
    forwardOnly ||
    isForwardOnly(kind) ||
    (upstream.length > 0 && upstream.every((one) => one.edition.forwardOnly));
  if (direct.some(breaks) || readsBrokenRows(candidate, candidates))
    assign(candidate, 'INDIRECT_BREAKING', onward);
  else if (direct.length === 0) assign(candidate, inheritedCategory(candidate, candidates), onward);
  else if (upstream.every((one) => one.edition.category === 'METADATA'))
    assign(candidate, 'METADATA', onward);
  else assign(candidate, 'INDIRECT_NON_BREAKING', onward);
}

function newAbove(candidate: Candidate, candidates: Candidates): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const visit = (one: Candidate): void => {
    for (const name of Object.keys(one.edition.parents)) {
      const parent = candidates.get(name);
      if (!parent || found.has(name)) continue;
      found.set(name, parent);
      visit(parent);
    }
  };
  visit(candidate);
  return [...found.values()].filter((one) => one.isNew);
}

/**
 * Whether a parent's rows changed otherwise than by added columns, although its own last change only added some: what it reads
 * broke. Here Teal differs from SQLMesh, which looks at the last change alone and leaves the rows below stale.
 */
function readsBrokenRows(candidate: Candidate, candidates: Candidates): boolean {
  return Object.keys(candidate.edition.parents).some((name) => {
    const parent = candidates.get(name);
    return (
      parent?.isNew === true &&
      parent.edition.category === 'NON_BREAKING' &&
      !parent.edition.forwardOnly &&
      brokeAbove(parent, candidates)
    );
  });
}

function brokeAbove(candidate: Candidate, candidates: Candidates, seen = new Set<string>()): boolean {
  if (seen.has(candidate.edition.model)) return false;
  seen.add(candidate.edition.model);
  return Object.entries(candidate.edition.parents).some(([name, id]) => {
    const before = candidate.old?.parents[name];
    if (before === undefined || before === id) return false;
    const parent = candidates.get(name);
    if (!parent || parent.edition.forwardOnly) return false;
    return (
      chainBreaks(parent, before) ||
      (parent.edition.category === 'NON_BREAKING' && brokeAbove(parent, candidates, seen))
    );
  });
}

/** Whether a breaking change lies between an earlier edition of a model and the present one. */
function chainBreaks({ edition }: Candidate, before: string): boolean {
  const chain = [...edition.previous, { id: edition.print.id, category: edition.category }];
  const at = chain.findIndex((prior) => prior.id === before);
  return at < 0 || chain.slice(at + 1).some((prior) => BREAKS.has(prior.category));
}

/**
 * The category of a model none of whose parents is new: they were changed by different plans before, and this plan brings these
 * changes together (SQLMesh: `_get_orphaned_indirect_change_category`).
 */
function inheritedCategory({ edition, old }: Candidate, candidates: Candidates): Category {
  let found: Category | null = null;
  for (const name of Object.keys(edition.parents)) {
    const parent = candidates.get(name);
    if (!parent) continue;
    const before = old?.parents[name];
    if (before === undefined) return 'INDIRECT_BREAKING';
    if (before === parent.edition.print.id) continue;
    if (chainBreaks(parent, before)) return 'INDIRECT_BREAKING';
    const chain = [
      ...parent.edition.previous,
      { id: parent.edition.print.id, category: parent.edition.category },
    ];
    const since = chain
      .slice(chain.findIndex((prior) => prior.id === before) + 1)
      .map((prior) => prior.category);
    if (since.some((category) => category !== 'METADATA')) found = 'INDIRECT_NON_BREAKING';
    else found ??= 'METADATA';
  }
  return found ?? 'INDIRECT_BREAKING';
}

/** Writes the category down, with the lines that follow from it (SQLMesh: `categorize_as`). */
function assign(candidate: Candidate, category: Category, forwardOnly: boolean): void {
  const { edition } = candidate;
  const own = edition.print.version;
  const last = edition.previous.at(-1);
  const keeps = forwardOnly || category === 'INDIRECT_NON_BREAKING' || category === 'METADATA';
  const reusesDev =
    keeps &&
    last &&
    isMaterialized(candidate.model.kind) &&
    (category === 'INDIRECT_NON_BREAKING' || category === 'METADATA');
  const steady = isForwardOnly(candidate.model.kind) && !last;
  candidate.edition = {
    ...edition,
    category,
    forwardOnly,
    line: keeps && last ? last.line : steady ? steadyLine(candidate) : own,
    devLine: reusesDev ? last.devLine : own,
  };
}

/** The line of a new forward-only model: the same whatever its first text is. */
function steadyLine({ model }: Candidate): string {
  return `steady ${JSON.stringify(kindData(model.kind))}`;
}
