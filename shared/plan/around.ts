import { environmentViewName, PROD } from '../base/names';
import type { Interval } from '../base/time';
import type { AroundStatements, WarehouseState } from '../release/types';
import type { Decision } from './editions/decide';
import { isUnseen } from './editions/settings';
import type { Around } from './types';

const NONE: AroundStatements = { before: [], after: [], variables: {} };

/** What runs around a plan: the statements of config.yaml, or, in runs and restatements, those that were planned last. */
export function aroundOf(state: WarehouseState, decision: Decision): Around {
  const { request, candidates } = decision;
  const known = state.environments.get(request.environment)?.around ?? NONE;
  const asStored = request.kind === 'run' || request.restate !== null;
  const own = asStored ? known : (request.around ?? NONE);
  const views = [...candidates]
    .filter(([, { model }]) => !isUnseen(model.kind))
    .map(([name]) => environmentViewName(request.environment, name));
  return {
    ...own,
    changed: JSON.stringify(own) !== JSON.stringify(known),
    span: request.kind === 'run' ? null : spanOf(decision),
    schemas: [...new Set(views.map(([schema]) => schema))],
    views: views.map((name) => name.join('.')),
  };
}

function spanOf({ request, range, end }: Decision): Interval {
  const asked = request.environment === PROD ? request.end : end;
  return { from: Math.min(range.from, request.executionTime), to: asked ?? request.executionTime };
}
