import type { Interval } from '../../base/time';
import { alignOut, unitOf } from '../intervals';
import type { Candidate, Candidates } from './candidate';
import { differenceOf } from './compare';
import type { PlanRequest } from './request';
import { holdsNoRows, isForwardOnly, refusesRestatement } from './settings';
import { earliestStart, removalOf } from './spans';

/** What a plan restates, with why models were left out of it. */
export interface Restatements {
  readonly spans: ReadonlyMap<string, Interval>;
  readonly refused: ReadonlyMap<string, string>;
}

interface Asked {
  readonly request: PlanRequest;
  readonly isDev: boolean;
  readonly start: number | null;
  readonly end: number;
}

/** Whether an environment other than prod shows forward-only changes on some days, in rows of its own. */
export function previewsNeeded(candidates: Candidates, request: PlanRequest, isDev: boolean): boolean {
  if (!isDev) return false;
  if (request.forwardOnly) return true;
  return (
    request.enablePreview &&
    [...candidates.values()].some(
      (candidate) => (candidate.old !== null || candidate.isNew) && isForwardOnly(candidate.model.kind),
    )
  );
}

/** The spans that are taken back and computed again: of the models asked for and all below, or of previews. */
export function restatementsOf(candidates: Candidates, asked: Asked): Restatements {
  const { request, isDev } = asked;
  const previews = previewsNeeded(candidates, request, isDev);
  const preview = request.restate === null && previews;
  const names = new Set(request.restate ?? (previews ? previewed(candidates) : []));
  const spans = new Map<string, Interval>();
  const refused = new Map<string, string>();
  if (names.size === 0) return { spans, refused };
  const from = asked.start ?? earliestStart(candidates, request.executionTime);
  for (const [name, candidate] of candidates) {
    if (preview && needsNoPreview(candidate)) continue;
    const parents = Object.keys(candidate.edition.parents).filter((parent) => spans.has(parent));
    if (parents.length === 0 && !names.has(name)) continue;
    const why = previews ? undefined : refusal(candidate, isDev);
    if (why !== undefined) {
      if (why) refused.set(name, why);
      continue;
    }
    const pieces = parents
      .filter((parent) => isIncrementalModel(candidates.get(parent)))
      .map((parent) => spans.get(parent) as Interval);
    pieces.push(
      removalOf(candidate, { from, to: asked.end }, { executionTime: request.executionTime, preview }),
    );
    const widest = {
      from: Math.min(...pieces.map((piece) => piece.from)),
      to: Math.max(...pieces.map((piece) => piece.to)),
    };
    const whole = alignOut(unitOf(candidate.model), widest);
    spans.set(name, whole.to > widest.to ? whole : widest);
  }
  return { spans, refused };
}

function isIncrementalModel(candidate: Candidate | undefined): boolean {
  const name = candidate?.model.kind.name ?? '';
  return name.startsWith('INCREMENTAL_') || name.startsWith('SCD_');
}

function previewed(candidates: Candidates): readonly string[] {
  return [...candidates]
    .filter(([, candidate]) => {
      const kind = differenceOf(candidate);
      return (
        candidate.isNew &&
        !holdsNoRows(candidate.model.kind) &&
        (candidate.edition.forwardOnly || isForwardOnly(candidate.model.kind)) &&
        !needsNoPreview(candidate) &&
        (kind === 'direct' || kind === 'indirect')
      );
    })
    .map(([name]) => name);
}

function needsNoPreview({ edition }: Candidate): boolean {
  return (
    edition.forwardOnly && (edition.category === 'METADATA' || edition.category === 'INDIRECT_NON_BREAKING')
  );
}

/** Why a model is not restated; empty where that goes without saying. */
function refusal(candidate: Candidate, isDev: boolean): string | undefined {
  if (isDev && candidate.live) return 'Its rows are what prod shows; restate it in prod.';
  if ((!isDev || candidate.live) && refusesRestatement(candidate.model.kind))
    return 'Its model forbids restatement (disable_restatement), since rows could be lost.';
  return candidate.model.kind.name === 'SEED' ? '' : undefined;
}
