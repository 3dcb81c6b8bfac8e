import { PROD } from '../base/names';
import { normalise, subtract } from '../base/time';
import type { PinnedParent } from '../release/definition';
import type { Version, WarehouseState } from '../release/types';
import { changeOf } from './changes';
import { definitionOf } from './definition';
import type { Candidate } from './editions/candidate';
import type { Decision } from './editions/decide';
import { holdsNoRows, isForwardOnly } from './editions/settings';
import { unitOf } from './intervals';
import { headOf, latestNumber, pinText, versionIn } from './lookup';
import { externalsOf, pinParents } from './pin-parents';
import { batchesFor, noRows, type PlannedRows, planRows, sameRows } from './rows';
import { seedPath } from './seed-path';
import type { PlannedModel } from './types';

/** Names every version and table that a decision leads to, parents first. */
export function planModels(state: WarehouseState, decision: Decision): readonly PlannedModel[] {
  const planned = new Map<string, PlannedModel>();
  for (const [name, candidate] of decision.candidates) {
    if (holdsNoRows(candidate.model.kind) && candidate.model.kind.name !== 'AUDIT') continue;
    planned.set(name, planModel(name, candidate, { state, decision, planned }));
  }
  return [...planned.values()];
}

type Pinned = Readonly<Record<string, PinnedParent>>;

interface Planning {
  readonly state: WarehouseState;
  readonly decision: Decision;
  readonly planned: ReadonlyMap<string, PlannedModel>;
}

function planModel(name: string, candidate: Candidate, planning: Planning): PlannedModel {
  const { state, decision } = planning;
  const { edition, model } = candidate;
  const lines = linesOf(name, candidate, planning);
  const shownHead = headOf(state, name, lines.shown);
  const writtenHead = headOf(state, name, lines.written);
  const parents = pinParents(candidate, { ...planning });
  const computes = !decision.request.skipBackfill && !decision.request.emptyBackfill;
  const spans = computes ? normalise(decision.work.get(name) ?? []) : [];
  const step = stepOf(candidate, { lines, spans, planning, shownHead, writtenHead, parents });
  const makes = step.action !== 'keep' && step.action !== 'adopt' && step.action !== 'audit';
  const next = latestNumber(state, name) + 1;
  const version = makes ? next : (shownHead?.number ?? 0);
  const same = lines.written === lines.shown || step.action !== 'fill';
  return {
    model: name,
    kind: model.kind,
    definition: definitionOf(candidate, parents),
    fingerprint: edition.print.version,
    edition: edition.print.id,
    line: step.action === 'fill' ? lines.written : lines.shown,
    exists: (step.action === 'fill' ? writtenHead : shownHead) !== undefined,
    declaredColumns: model.columns,
    columnNames: edition.traits.output,
    partitionedBy: model.partitionedBy,
    unit: unitOf(model),
    readsItself: model.readsItself,
    change: changeOf(name, candidate, decision.difference),
    base: versionIn(state, decision.request.environment, name)?.number ?? null,
    version,
    shown: same ? version : (shownHead?.number ?? 0),
    shownLine: lines.shown,
    promoted: model.kind.name !== 'AUDIT' && (decision.promoted === null || decision.promoted.has(name)),
    ...step,
    parents,
    externals: externalsOf(candidate, planning),
    audits: edition.source.audits,
    auditOnly: batchesFor(model, decision.audited?.get(name) ?? []),
    seed: model.kind.name === 'SEED' ? seedPath(model) : null,
  };
}

interface Lines {
  /** where what is computed goes */
  readonly written: string;
  /** what readers of the environment see */
  readonly shown: string;
}

function linesOf(name: string, { edition }: Candidate, { decision }: Planning): Lines {
  const own = decision.shadows?.get(name);
  if (own !== undefined) return { written: own, shown: own };
  const dev = `dev:${edition.devLine}`;
  const { deployability } = decision;
  return {
    written: deployability.isDeployable(name) ? edition.line : dev,
    shown: deployability.isRepresentative(name) ? edition.line : dev,
  };
}

interface StepFrom {
  readonly lines: Lines;
  readonly spans: PlannedModel['batches'];
  readonly planning: Planning;
  readonly shownHead: Version | undefined;
  readonly writtenHead: Version | undefined;
  readonly parents: PlannedModel['parents'];
}

type Step = PlannedRows & Pick<PlannedModel, 'action' | 'reason'>;

function stepOf(candidate: Candidate, from: StepFrom): Step {
  const { lines, spans, planning, shownHead } = from;
  const { decision, state } = planning;
  const { request } = decision;
  const name = candidate.edition.model;
  if (candidate.model.kind.name === 'VIEW') return viewStep(candidate, from);
  if (candidate.model.kind.name === 'AUDIT') return auditStep(candidate, spans);
  if (spans.length > 0) return fillStep(candidate, from);
  if (request.kind === 'run')
    return { ...sameRows(candidate, shownHead), action: 'keep', reason: 'It is not due.' };
  const shown = versionIn(state, request.environment, name);
  if (!shownHead) {
    const needed = decision.promoted === null || decision.promoted.has(name) || candidate.isNew;
    const reason = needed ? 'Its table is made, without rows.' : 'Nothing differs.';
    return { ...noRows(candidate), action: needed ? 'empty' : 'keep', reason };
  }
  const rows = sameRows(candidate, shownHead);
  if (reshapes(candidate, decision) && lines.shown === candidate.edition.line)
    return { ...rows, action: 'reshape', reason: 'Its columns change; its rows stay.' };
  const isShown = decision.promoted === null || decision.promoted.has(name);
  if (isShown && shown?.number !== shownHead.number)
    return { ...rows, action: 'adopt', reason: 'Filled before under the same logic; taken over.' };
  return { ...rows, action: 'keep', reason: 'Nothing differs.' };
}

function viewStep(candidate: Candidate, { shownHead, spans, parents, planning }: StepFrom): Step {
  const { decision, state } = planning;
  const rows = sameRows(candidate, shownHead);
  const name = candidate.edition.model;
  const moved = !shownHead || readsOther(shownHead.view?.reads ?? {}, parents);
  const isShown = decision.promoted === null || decision.promoted.has(name);
  if (spans.length > 0)
    return {
      ...rows,
      batches: spans,
      covered: normalise([...rows.covered, ...spans]),
      action: 'view',
      reason: 'A view; it holds no rows.',
    };
  if (decision.request.kind === 'run') return { ...rows, action: 'keep', reason: 'It is not due.' };
  if (moved && (isShown || candidate.isNew))
    return { ...rows, action: 'view', reason: 'What it reads moved.' };
  const shown = versionIn(state, decision.request.environment, name);
  if (isShown && shown?.number !== shownHead?.number)
    return { ...rows, action: 'adopt', reason: 'Made before; taken over.' };
  return { ...rows, action: 'keep', reason: 'Nothing differs.' };
}

function auditStep(candidate: Candidate, spans: PlannedModel['batches']): Step {
  const rows = noRows(candidate);
  if (spans.length === 0) return { ...rows, action: 'keep', reason: 'It is not due.' };
  return { ...rows, batches: spans, whole: false, action: 'audit', reason: 'It looks at what it reads.' };
}

/** Whether a view was made over other rows than these parents; embedded ones count with what they read. */
function readsOther(reads: Pinned, parents: Pinned): boolean {
  const before = flat(reads);
  const now = flat(parents);
  return now.size !== before.size || [...now].some(([name, pin]) => before.get(name) !== pin);
}

function flat(parents: Pinned): Map<string, string> {
  const pins = new Map<string, string>();
  for (const [name, parent] of Object.entries(parents)) {
    if (parent.type === 'embedded') for (const [below, pin] of flat(parent.parents)) pins.set(below, pin);
    else pins.set(name, pinText(parent));
  }
  return pins;
}

function fillStep(candidate: Candidate, { lines, spans, planning, writtenHead }: StepFrom): Step {
  const { decision, state } = planning;
  const name = candidate.edition.model;
  const restated = decision.restatements.spans.get(name);
  const before = lines.written.startsWith('dev:') ? candidate.dev : candidate.done;
  const kept = restated ? subtract(before, [restated]) : before;
  const base = decision.bases?.get(name) ?? writtenHead;
  const carried = decision.bases?.has(name) === true;
  const rows = planRows({
    state,
    candidate,
    spans,
    base,
    fresh: !base || (kept.length === 0 && !carried),
    appends: decision.request.environment === PROD && !restated && !decision.request.carry,
  });
  return { ...rows, action: 'fill', reason: reasonOf(name, candidate, planning) };
}

/** A forward-only change shows prod's own rows with other columns. */
function reshapes(candidate: Candidate, { request }: Decision): boolean {
  const { edition, old, model } = candidate;
  if (request.environment !== PROD || candidate.live || model.kind.name === 'SEED' || !old) return false;
  const same = edition.previous.at(-1)?.line === edition.line || isForwardOnly(model.kind);
  return same && edition.category !== 'METADATA' && edition.traits.rendered !== old.traits.rendered;
}

function reasonOf(name: string, candidate: Candidate, { decision, planned }: Planning): string {
  const change = changeOf(name, candidate, decision.difference);
  if (decision.request.restate?.includes(name)) return 'Named in the restatement.';
  if (change && change.kind !== 'metadata') return change.reason;
  const fills = Object.keys(candidate.edition.parents).filter((parent) => {
    const above = planned.get(parent);
    return above?.action === 'fill' && above.target?.mode !== 'tail';
  });
  return fills.length > 0 ? `It reads ${fills.join(', ')}, computed again.` : 'History is missing.';
}
