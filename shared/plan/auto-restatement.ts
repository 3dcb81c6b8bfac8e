import type { Interval } from '../base/time';
import { floorTo, previousTick, readCron, step } from './cron';
import { type Candidate, type Candidates, without } from './editions/candidate';
import { refusesRestatement, restatementCron } from './editions/settings';
import { removalOf } from './editions/spans';
import { alignOut, unitOf } from './intervals';

interface Since {
  readonly executionTime: number;
  /** up to when each model was looked at before */
  readonly restated: Readonly<Record<string, number>>;
}

/** Candidates with what is due to be computed again taken out of what is done, and all that reads it (SQLMesh: `apply_auto_restatements`). */
export function withAutoRestatements(candidates: Candidates, since: Since): Candidates {
  const spans = new Map<string, Interval>();
  const changed = new Map<string, Candidate>();
  for (const [name, candidate] of candidates) {
    const found = refusesRestatement(candidate.model.kind) ? undefined : spanOf(candidate, spans, since);
    if (found) spans.set(name, found);
    changed.set(name, found ? without(candidate, found) : candidate);
  }
  return spans.size > 0 ? changed : candidates;
}

/** The models that are computed again by a cron, with the moment up to which that was seen to. */
export function restatedUpTo(
  candidates: Candidates,
  executionTime: number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...candidates]
      .filter(([, { model }]) => restatementCron(model.kind) !== null)
      .map(([name]) => [name, executionTime]),
  );
}

function spanOf(
  candidate: Candidate,
  above: ReadonlyMap<string, Interval>,
  since: Since,
): Interval | undefined {
  const own = ownSpan(candidate, since);
  const spans = Object.keys(candidate.edition.parents).flatMap((parent) => above.get(parent) ?? []);
  if (own) spans.push(own);
  if (spans.length === 0) return undefined;
  const widest = {
    from: Math.min(...spans.map((span) => span.from)),
    to: Math.max(...spans.map((span) => span.to)),
  };
  const whole = alignOut(unitOf(candidate.model), widest);
  return removalOf(candidate, whole, { executionTime: since.executionTime, preview: false });
}

function ownSpan({ model, edition, done }: Candidate, since: Since): Interval | undefined {
  const text = restatementCron(model.kind);
  const cron = text === null ? undefined : readCron(text, null);
  const [first, last] = [done[0], done.at(-1)];
  const { executionTime, restated } = since;
  if (!cron || !first || !last) return undefined;
  if (previousTick(cron, executionTime) <= (restated[model.name] ?? edition.createdAt)) return undefined;
  const count = 'autoRestatementIntervals' in model.kind ? model.kind.autoRestatementIntervals : null;
  if (count === null) return { from: first.from, to: last.to };
  const to = floorTo(unitOf(model), executionTime);
  return { from: step(unitOf(model), to, -count), to };
}
