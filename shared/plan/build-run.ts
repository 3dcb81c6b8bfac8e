import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { WarehouseState } from '../release/types';
import { withAutoRestatements } from './auto-restatement';
import { environmentAsItIs, standingEnvironment } from './editions/compare';
import type { Decision } from './editions/decide';
import { allDeployable, deployabilityOf } from './editions/deployable';
import { missingIntervals } from './editions/missing';
import type { PlanRequest } from './editions/request';

/**
 * What is due in an environment: the intervals that its crons have reached and that are not done, of the models as they were planned.
 * The project's files are not looked at. `select` takes the models named, with all above them unless `request.backfill` is given.
 */
export function decideRun(state: WarehouseState, request: PlanRequest): Decision {
  const environment = standingEnvironment(state, request.environment, request.now);
  if (!environment)
    throw fault('environment.not_found', `There is no environment ${request.environment} to run.`, {
      kept: 'Nothing was written.',
      remedy: 'Plan it first: teal plan.',
    });
  const difference = environmentAsItIs(state, environment, request.now);
  const { start, executionTime } = request;
  const restated = environment.restated ?? {};
  const candidates = withAutoRestatements(difference.candidates, { executionTime, restated });
  const deployability =
    request.environment === PROD ? allDeployable : deployabilityOf(candidates, { start, executionTime });
  const missing = missingIntervals({
    candidates,
    request: { ...request, runDue: true },
    deployability,
    restatements: new Map(),
    chosen: request.backfill ? new Set(request.backfill) : null,
    start,
    end: request.end,
    ends: null,
  });
  return {
    request,
    difference,
    candidates,
    deployability,
    restatements: { spans: new Map(), refused: new Map() },
    missing,
    work: missing,
    promoted: new Set(Object.keys(environment.lines)),
    start,
    range: { from: start ?? executionTime, to: request.end ?? executionTime },
  };
}
