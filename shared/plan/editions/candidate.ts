import { type Interval, intersect, normalise, subtract } from '../../base/time';
import type { Model } from '../../project/model';
import { parseRelative } from '../../project/moment';
import type { Edition, IntervalRecord } from '../../release/editions';
import { floorTo } from '../cron';
import { unitOf } from '../intervals';
import type { EditionSource } from './draft';
import { recordsOf } from './records';
import { restatesWhole } from './settings';

/** A model of the environment that a plan makes: its edition, how it came about, and what of it is done. */
export interface Candidate {
  readonly model: Model;
  edition: Edition<EditionSource>;
  /** whether this plan is the first to have it */
  readonly isNew: boolean;
  /** what the environment had before, where that is another edition */
  readonly old: Edition<EditionSource> | null;
  /** whether it is prod's edition now */
  readonly live: boolean;
  done: readonly Interval[];
  dev: readonly Interval[];
  /** its change has no category, as nobody chose one and none is given by itself: it is planned as breaking, and not carried out */
  uncategorised?: boolean;
}

/** Candidates by model name, parents first. */
export type Candidates = ReadonlyMap<string, Candidate>;

/** What is done of an edition, from all records of its line: those of other editions count only before its effective date. */
export function intervalsOf(
  edition: Pick<Edition<EditionSource>, 'model' | 'line' | 'devLine' | 'effectiveFrom' | 'print' | 'source'>,
  records: readonly IntervalRecord[],
): { done: readonly Interval[]; dev: readonly Interval[] } {
  const mine = recordsOf(records, edition.model).filter((record) => record.line === edition.line);
  const unit = unitOf(edition.source.model);
  const effective = edition.effectiveFrom === null ? null : floorTo(unit, edition.effectiveFrom);
  const done = mine.flatMap((record) =>
    effective === null || record.edition === edition.print.id
      ? record.done
      : intersect(record.done, [{ from: Number.MIN_SAFE_INTEGER, to: effective }]),
  );
  const dev = mine.filter((record) => record.devLine === edition.devLine).flatMap((record) => record.dev);
  return { done: normalise(done), dev: normalise(dev) };
}

/** Whether a model's intervals must be computed one after the other, each on what is there before. */
export function dependsOnPast(model: Model): boolean {
  return model.readsItself || restatesWhole(model.kind);
}

/** A model with a start such as `1 week ago` told from a moment: the clock's, as SQLMesh has it, not the execution time. */
export function datedModel(model: Model, now: number): Model {
  if (model.relativeStart === null) return model;
  return { ...model, start: parseRelative(model.relativeStart, now) ?? model.start };
}

/** A candidate with a span taken out of what is done. */
export function without(candidate: Candidate, span: Interval): Candidate {
  return {
    ...candidate,
    done: subtract(candidate.done, [span]),
    dev: subtract(candidate.dev, [span]),
  };
}
