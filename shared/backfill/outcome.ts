import { type Interval, normalise, subtract } from '../base/time';
import { headOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import type { Entry, Version, WarehouseState } from '../release/types';
import type { PreparedModel } from './context';
import type { Progress } from './progress';

/** What of a planned model was carried out. */
export interface ModelOutcome {
  /** batches whose rows and audits are committed */
  readonly done: readonly Interval[];
  readonly complete: boolean;
}

/** What of every model that is made or checked was carried out. */
export function outcomesOf(
  { plan, models, failures, skipped, checked }: Progress,
  prepared: ReadonlyMap<string, PreparedModel>,
): ReadonlyMap<string, ModelOutcome> {
  const outcomes = new Map<string, ModelOutcome>();
  const left = new Set([...failures.map((failure) => failure.model), ...skipped]);
  for (const planned of plan.models) {
    const name = planned.model;
    if (!prepared.has(name) && planned.action !== 'audit') continue;
    const cells = models.find((one) => one.model === name)?.cells;
    const done = cells
      ? planned.batches.filter((_, index) => cells[index]?.state === 'done')
      : checked.includes(name)
        ? planned.batches
        : [];
    outcomes.set(name, { done, complete: !left.has(name) });
  }
  return outcomes;
}

/** The version that stands for what was carried out of a model; undefined where that is nothing. */
export function achievedVersion(
  version: Version,
  planned: PlannedModel,
  from: { outcome: ModelOutcome; state: WarehouseState },
): Version | undefined {
  const { outcome, state } = from;
  if (outcome.complete) return version;
  if (planned.action !== 'fill' || outcome.done.length === 0 || planned.whole) return undefined;
  const base = headOf(state, planned.model, planned.line);
  const done = normalise(outcome.done);
  const covered = normalise([...(base?.covered ?? []), ...done]);
  if (planned.kind.name !== 'INCREMENTAL_BY_TIME_RANGE') return { ...version, covered };
  const table = planned.target?.table ?? '';
  const mine = base?.entries.find((entry) => entry.segment === table);
  const left = (base?.entries ?? [])
    .filter((entry) => entry.segment !== table)
    .map((entry): Entry => {
      const spans = subtract(entry.spans ?? [], done);
      return {
        ...entry,
        spans,
        cut: entry.cut || spans.length !== entry.spans?.length || differs(spans, entry.spans),
      };
    })
    .filter((entry) => (entry.spans?.length ?? 0) > 0);
  const own = version.entries.filter((entry) => entry.segment === table);
  const entries = own.map((entry) => ({ ...entry, spans: normalise([...(mine?.spans ?? []), ...done]) }));
  return { ...version, entries: [...left, ...entries], covered };
}

function differs(a: readonly Interval[], b: readonly Interval[] | null): boolean {
  return JSON.stringify(a) !== JSON.stringify(normalise(b ?? []));
}
