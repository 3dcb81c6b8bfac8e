import type { Gate, MovedModel, ReleaseView } from '../../../shared/protocol/views/release';
import { countOf, formatCount } from '../../ui/format';

const KINDS: Readonly<Record<ReleaseView['kind'], string>> = {
  plan: 'Filled in prod',
  swap: 'Swap',
  run: 'Run',
  rollback: 'Rollback',
};

export function kindWord(kind: ReleaseView['kind']): string {
  return KINDS[kind];
}

/** `daily_sales` of `mart.daily_sales`. */
export function shortName(model: string): string {
  return model.slice(model.indexOf('.') + 1);
}

export function versionText(version: number | null): string {
  return version === null ? 'none' : `version ${version}`;
}

/** The one teal button, by its effect; with a failing gate, by that. */
export function swapLabel(models: readonly MovedModel[], next: number, failing: Gate | undefined): string {
  return failing
    ? `Gate fails: ${failing.label}`
    : `Swap ${countOf(models.length, 'model')} to release ${next}`;
}

export function rollbackLabel(models: number, to: number): string {
  if (models === 0) return `prod shows what release ${to} did`;
  return `Roll back ${countOf(models, 'model')} to release ${to}`;
}

/** `5 passed, 1 to look at, 1 failed` */
export function gatesText(gates: readonly Gate[]): string {
  const count = (status: Gate['status']): number => gates.filter((gate) => gate.status === status).length;
  const [pass, look, fail] = [count('pass'), count('look'), count('fail')];
  return [`${pass} passed`, look > 0 && `${look} to look at`, fail > 0 && `${fail} failed`]
    .filter(Boolean)
    .join(', ');
}

interface Counts {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

/** What a rollback does to the rows of one model; a model that leaves or comes back has no other side. */
export function countsText({ changed, added, removed }: Counts): string {
  const parts = [
    changed > 0 && `${formatCount(changed)} changed back`,
    added > 0 && `${countOf(added, 'row')} ${added === 1 ? 'comes' : 'come'} back`,
    removed > 0 && `${countOf(removed, 'row')} ${removed === 1 ? 'leaves' : 'leave'}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'same rows';
}

export function sumCounts(models: readonly Counts[]): Counts {
  return models.reduce<Counts>(
    (sum, { changed, added, removed }) => ({
      changed: sum.changed + changed,
      added: sum.added + added,
      removed: sum.removed + removed,
    }),
    { changed: 0, added: 0, removed: 0 },
  );
}
