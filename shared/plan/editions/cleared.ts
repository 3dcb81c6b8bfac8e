import { PROD } from '../../base/names';
import type { Interval } from '../../base/time';
import type { WarehouseState } from '../../release/types';
import type { Bookkeeping } from '../types';
import { storedEdition } from './compare';
import type { Decision } from './decide';
import { refusesRestatement, restatesWhole } from './settings';

/**
 * A restatement in prod makes what other environments computed from the old rows count as missing there, all the way down, so that
 * it is computed again before it can be promoted. Lines that prod shows as well are left (SQLMesh:
 * `identify_restatement_intervals_across_snapshot_versions`).
 */
export function clearedElsewhere(state: WarehouseState, decision: Decision): Bookkeeping['cleared'] {
  const { restatements, candidates } = decision;
  const live = new Set([...candidates.values()].map(({ edition }) => `${edition.model} ${edition.line}`));
  const fixed = new Set(
    [...candidates].filter(([, one]) => refusesRestatement(one.model.kind)).map(([name]) => name),
  );
  const spans = new Map<string, { model: string; line: string; span: Interval }>();
  for (const environment of state.environments.values()) {
    if (environment.name === PROD) continue;
    const editions = Object.entries(environment.editions).flatMap(([name, id]) => {
      const edition = storedEdition(state, name, id);
      return edition ? [edition] : [];
    });
    for (const [restated, span] of restatements.spans) {
      const below = belowIn(restated, editions);
      for (const edition of editions) {
        const { model, line } = edition;
        if (!below.has(model) || fixed.has(model) || live.has(`${model} ${line}`)) continue;
        const key = `${model} ${line}`;
        if (!spans.has(key)) spans.set(key, { model, line, span: widened(edition, span, decision, state) });
      }
    }
  }
  return [...spans.values()];
}

function belowIn(
  name: string,
  editions: readonly { readonly model: string; readonly parents: Readonly<Record<string, string>> }[],
): ReadonlySet<string> {
  const found = new Set<string>([name]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const edition of editions) {
      if (found.has(edition.model) || !Object.keys(edition.parents).some((parent) => found.has(parent)))
        continue;
      found.add(edition.model);
      grew = true;
    }
  }
  return editions.some((edition) => edition.model === name) ? found : new Set();
}

/** Models without parts are cleared from their first record on. */
function widened(
  edition: NonNullable<ReturnType<typeof storedEdition>>,
  span: Interval,
  { request }: Decision,
  state: WarehouseState,
): Interval {
  if (!restatesWhole(edition.source.model.kind)) return span;
  const done = state.intervals
    .filter((record) => record.model === edition.model && record.line === edition.line)
    .flatMap((record) => record.done);
  return {
    from: Math.min(span.from, ...done.map((one) => one.from)),
    to: Math.max(span.to, request.executionTime, ...done.map((one) => one.to)),
  };
}
