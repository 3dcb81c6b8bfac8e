import { type Interval, normalise, subtract } from '../base/time';
import { headOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import type { Entry, Version, WarehouseState } from '../release/types';

/** What of a planned model was carried out. */
export interface ModelOutcome {
  /** batches whose rows and audits are committed */
  readonly done: readonly Interval[];
  readonly complete: boolean;
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
