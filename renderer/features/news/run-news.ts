import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { countOf, formatCount, formatSeconds } from '../../ui/format';

/** What is said of a change, and whether it interrupts. */
export interface News {
  readonly text: string;
  readonly isUrgent: boolean;
}

type Run = Pick<
  RunStatus,
  | 'id'
  | 'title'
  | 'status'
  | 'environment'
  | 'batchesDone'
  | 'batchesTotal'
  | 'secondsLeft'
  | 'failures'
  | 'release'
>;

const PARTS = 4;
const PART_WORDS = ['', 'A quarter', 'Half', 'Three quarters'];

/**
 * What to say of a run that was `before` and is `now`: its start, every change of its state, each quarter of its way; not
 * every batch. `before` is null where there was no run, and undefined where nothing was known yet: then only what wants
 * something is said.
 */
export function runNews(before: Run | null | undefined, now: Run): News | undefined {
  const isKnown = before?.id === now.id;
  const wantsSomething = now.status === 'interrupted' || now.status === 'paused';
  if (before === undefined && !wantsSomething) return undefined;
  if (isKnown && before.status === now.status) return quarterNews(before, now);
  return stateNews(now, isKnown ? before.status : undefined);
}

function quarterNews(before: Run, now: Run): News | undefined {
  const quarter = quarterOf(now);
  if (now.status !== 'running' || quarter <= quarterOf(before) || quarter >= PARTS) return undefined;
  const left = now.secondsLeft === null ? '' : `, about ${formatSeconds(now.secondsLeft)} left`;
  return calm(`${PART_WORDS[quarter]} of ${now.title} is filled, ${batchesOf(now)}${left}`);
}

function stateNews(now: Run, former: RunStatus['status'] | undefined): News {
  const { title } = now;
  switch (now.status) {
    case 'running':
      return calm(
        former === undefined
          ? `${title} started, ${countOf(now.batchesTotal, 'batch', 'batches')}`
          : `${title} goes on, ${batchesOf(now)}`,
      );
    case 'paused':
      return calm(`${title} is paused, ${batchesOf(now)} filled and kept`);
    case 'stopped':
      return calm(`${title} is stopped, ${batchesOf(now)} filled and kept`);
    case 'interrupted':
      return calm(`${title} was interrupted, ${batchesOf(now)} filled and kept: resume it in Backfill`);
    case 'failed':
      return { text: failureText(now), isUrgent: true };
    case 'done':
      return calm(doneText(now));
  }
}

function failureText({ title, failures }: Run): string {
  const [first] = failures;
  if (!first) return `${title} failed`;
  const { model, label, problem } = first;
  return [`${title} failed in ${model}, ${label}: ${problem.message}`, problem.remedy]
    .filter(Boolean)
    .join(' ');
}

function doneText({ title, environment, release }: Run): string {
  if (release !== null) return `${title} is filled and live as release ${release}`;
  if (environment === 'prod') return `${title} is filled`;
  return `${title} is filled into ${environment}: compare it with prod next`;
}

function batchesOf({ batchesDone, batchesTotal }: Run): string {
  return `${formatCount(batchesDone)} of ${countOf(batchesTotal, 'batch', 'batches')}`;
}

function quarterOf({ batchesDone, batchesTotal }: Run): number {
  return Math.floor((PARTS * batchesDone) / Math.max(1, batchesTotal));
}

function calm(text: string): News {
  return { text, isUrgent: false };
}
