import { PROD } from '../base/names';
import type { WarehouseState } from '../release/types';
import { clearedElsewhere } from './editions/cleared';
import type { Decision } from './editions/decide';
import type { Bookkeeping, PlannedModel } from './types';

/** What a plan writes down of editions and intervals. */
export function booksOf(
  state: WarehouseState,
  decision: Decision,
  models: readonly PlannedModel[],
): Bookkeeping {
  const { candidates, deployability, request } = decision;
  const all = [...candidates.values()];
  const editions = Object.fromEntries([...candidates].map(([name, one]) => [name, one.edition.print.id]));
  const standing = state.environments.get(request.environment)?.editions;
  return {
    fresh: all.filter((one) => one.isNew).map((one) => one.edition),
    editions: request.carry
      ? { ...state.environments.get(PROD)?.editions, ...standing, ...editions }
      : editions,
    before: Object.fromEntries(
      all.flatMap(({ edition, old }) => (old ? [[edition.model, old.print.id]] : [])),
    ),
    records: Object.fromEntries(
      models
        .filter((model) => model.batches.length > 0)
        .map((model) => {
          const edition = candidates.get(model.model)?.edition;
          const dev = !deployability.isDeployable(model.model);
          return [model.model, { line: edition?.line ?? '', devLine: edition?.devLine ?? '', dev }];
        }),
    ),
    inherited: [
      ...all
        .filter((one) => one.isNew && one.edition.forwardOnly && one.done.length > 0)
        .map((one) => ({
          model: one.edition.model,
          line: one.edition.line,
          devLine: one.edition.devLine,
          edition: one.edition.print.id,
          done: [],
          dev: one.done,
        })),
      ...emptyRecords(decision),
    ],
    cleared: request.environment === PROD && request.restate ? clearedElsewhere(state, decision) : [],
    expiresAt: request.environment === PROD ? null : request.expiresAt,
    restates: request.restate !== null,
  };
}

/** With an empty backfill, the plan's range counts as done. */
function emptyRecords({ candidates, deployability, emptied }: Decision): Bookkeeping['inherited'] {
  return [...(emptied ?? [])].flatMap(([name, span]) => {
    const edition = candidates.get(name)?.edition;
    if (!edition) return [];
    const dev = !deployability.isDeployable(name);
    const { line, devLine, print } = edition;
    return [
      { model: name, line, devLine, edition: print.id, done: dev ? [] : [span], dev: dev ? [span] : [] },
    ];
  });
}
