import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import { versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import type { PinnedParent } from '../release/definition';
import { auditRows, rowsWithin } from './audit-batch';
import type { RunCatalog } from './catalog';
import type { PreparedModel, RunContext } from './context';

interface AuditAgain {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly planned: PlannedModel;
  readonly span: Interval;
}

/** Runs audits that are new or changed over the rows that are there, before anything else of a plan is done. */
export async function auditAgain({ context, session, catalog, planned, span }: AuditAgain): Promise<void> {
  const version = versionOf(context.state, planned.model, headOf(context, planned));
  if (!version) return;
  const model: PreparedModel = { planned, version, segment: null, given: [], columnsOf: () => undefined };
  await catalog.bindFor(session, asItStands(context, planned), span, new Map());
  const rows = rowsWithin(context, version, span);
  await auditRows({ context, session, model, rows, span });
}

function headOf({ state }: RunContext, { model, line, shown }: PlannedModel): number {
  return state.heads.get(model)?.get(line) ?? shown;
}

/** A model over the rows that its parents hold before the plan is carried out. */
function asItStands(context: RunContext, planned: PlannedModel): PlannedModel {
  const before = (parents: PlannedModel['parents']): PlannedModel['parents'] =>
    Object.fromEntries(
      Object.entries(parents).map(([name, parent]): [string, PinnedParent] => {
        if (parent.type === 'embedded') return [name, { ...parent, parents: before(parent.parents) }];
        const own = context.plan.models.find((one) => one.model === name);
        if (parent.type === 'source' || !own || versionOf(context.state, name, parent.version))
          return [name, parent];
        return [name, { ...parent, version: headOf(context, own) }];
      }),
    );
  return { ...planned, parents: before(planned.parents) };
}
