import { PROD } from '../base/names';
import { draftEditions, type EditionDraft, type EditionSource, sourceOf } from '../plan/editions/draft';
import { ancestors } from '../plan/graph';
import type { Selectable } from '../plan/select-models';
import type { Edition } from '../release/editions';
import type { WarehouseState } from '../release/types';
import type { Code, Workspace } from './workspace';

interface Choosing {
  readonly code: Code;
  readonly state: WarehouseState;
  readonly environment: string;
}

/** The models of the project, for selections. */
export function selectable(code: Code): readonly Selectable[] {
  return code.graph.order;
}

/** The models of an environment as they were planned, for selections. */
export function storedSelectable(state: WarehouseState, environment: string): readonly Selectable[] {
  return storedEditions(state, environment).map(({ model, parents, source }) => ({
    name: model,
    tags: source.model.tags,
    parents: Object.keys(parents),
  }));
}

/** Models above the given ones that an environment does not have as the files say them. */
export function changedAbove(
  { code, state, environment }: Choosing,
  names: readonly string[],
): readonly string[] {
  const before = editionsOf(state, environment);
  return ancestors(code.project, names).filter(
    (name) => before[name] === undefined || before[name] !== code.drafts.get(name)?.print.id,
  );
}

/** Drafts with the chosen models as the files say them, and all others as they were planned last. */
export function mixedDrafts(
  workspace: Workspace,
  { code, state, environment, chosen }: Choosing & { readonly chosen: ReadonlySet<string> },
): ReadonlyMap<string, EditionDraft> {
  const sources = new Map<string, EditionSource>();
  // Audits that stand alone are those of the files, whatever is chosen.
  for (const { model, source } of storedEditions(state, environment))
    if (source.model.kind.name !== 'AUDIT') sources.set(model, source);
  for (const audit of code.graph.standing) sources.set(audit.name, sourceOf(code.project, audit));
  for (const model of code.graph.order)
    if (chosen.has(model.name)) sources.set(model.name, sourceOf(code.project, model));
  return draftAnew(workspace, { code, state }, parentsFirst(sources));
}

/**
 * Drafts of the project as the files say it. A model whose file cannot be read now stays as it was planned last, so that it does not
 * count as removed; one whose line has gone on otherwise since becomes an edition of its own.
 */
export function projectDrafts(
  workspace: Workspace,
  { code, state, environment }: Choosing,
): ReadonlyMap<string, EditionDraft> {
  const kept = storedEditions(state, environment).filter((edition) => code.graph.blocked.has(edition.model));
  const isSpent = ([name, draft]: readonly [string, EditionDraft]) => spent(state, name, draft);
  if (kept.length === 0 && ![...code.drafts].some(isSpent)) return code.drafts;
  const sources = new Map<string, EditionSource>(kept.map((edition) => [edition.model, edition.source]));
  for (const [name, draft] of code.drafts) sources.set(name, draft.source);
  return draftAnew(workspace, { code, state }, parentsFirst(sources));
}

function draftAnew(
  workspace: Workspace,
  { code, state }: Pick<Choosing, 'code' | 'state'>,
  sources: readonly EditionSource[],
): ReadonlyMap<string, EditionDraft> {
  const drafting = {
    sha256: (text: string) => workspace.platform.sha256(text),
    seeds: (path: string) => code.files.get(path) ?? '',
  };
  const drafts = draftEditions(sources, drafting);
  const revived = sources.map((source) => {
    const draft = drafts.get(source.model.name);
    return draft && spent(state, source.model.name, draft) ? { ...source, revives: draft.print.id } : source;
  });
  return revived.some((source, index) => source !== sources[index])
    ? draftEditions(revived, drafting)
    : drafts;
}

function spent(state: WarehouseState, model: string, draft: EditionDraft): boolean {
  return state.editions.get(model)?.get(draft.print.id)?.spent === true;
}

function editionsOf(state: WarehouseState, environment: string): Readonly<Record<string, string>> {
  const own = state.environments.get(environment)?.editions ?? {};
  return Object.keys(own).length > 0 ? own : (state.environments.get(PROD)?.editions ?? {});
}

function storedEditions(state: WarehouseState, environment: string): readonly Edition<EditionSource>[] {
  return Object.entries(editionsOf(state, environment)).flatMap(([name, id]) => {
    const edition = state.editions.get(name)?.get(id) as Edition<EditionSource> | undefined;
    return edition ? [edition] : [];
  });
}

function parentsFirst(sources: ReadonlyMap<string, EditionSource>): readonly EditionSource[] {
  const sorted = new Map<string, EditionSource>();
  const visit = (name: string): void => {
    const source = sources.get(name);
    if (!source || sorted.has(name)) return;
    for (const parent of source.model.parents) visit(parent);
    sorted.set(name, source);
  };
  for (const name of sources.keys()) visit(name);
  return [...sorted.values()];
}
