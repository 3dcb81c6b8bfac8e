import { failed, ok, type Result } from '../base/result';
import { DAY } from '../base/time';

/** How long environments and versions are kept, in ms. */
export interface Keeping {
  /** how long an environment stays after its last plan; null: for ever */
  readonly environmentTtl: number | null;
  /** how long a version is kept that nothing shows any more */
  readonly retention: number;
  /** environments that never end, in lower case */
  readonly pinned: readonly string[];
}

/** What a configuration says of lifetimes, as it stands there. */
interface Lifetimes {
  readonly snapshotTtl: string;
  readonly environmentTtl: string | null;
  readonly pinned: readonly string[];
}

const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

/** What config.yaml says of how long things are kept; a span that cannot be read is a problem, lest too much be removed. */
export function readKeeping(config: { readonly environments: Lifetimes }, file: string): Result<Keeping> {
  const { snapshotTtl, environmentTtl, pinned } = config.environments;
  const retention = spanOf(snapshotTtl);
  const ttl = environmentTtl === null ? null : spanOf(environmentTtl);
  if (retention !== undefined && ttl !== undefined) return ok({ environmentTtl: ttl, retention, pinned });
  const [name, text] =
    retention === undefined ? ['snapshot_ttl', snapshotTtl] : ['environment_ttl', environmentTtl];
  return failed({
    code: 'config.invalid',
    message: `${name} must be a span such as "in 1 week" or "in 30 days", not ${text}.`,
    place: { file },
    kept: 'Nothing was removed.',
  });
}

/** `in 1 week`, `30 days` in ms; undefined where it cannot be read. */
function spanOf(text: string): number | undefined {
  const match = /^(?:in\s+)?(\d+|an?)\s+(second|minute|hour|day|week|month|year)s?$/i.exec(text.trim());
  if (!match) return undefined;
  const count = /^\d/.test(match[1] ?? '') ? Number(match[1]) : 1;
  return count * (UNITS[(match[2] ?? '').toLowerCase()] ?? DAY);
}
