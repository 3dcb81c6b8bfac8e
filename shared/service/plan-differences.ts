import { structuredPatch } from 'diff';
import { fault } from '../base/errors';
import { type EditionSource, renderedQuery } from '../plan/editions/draft';
import { editionText } from '../plan/editions/edition-text';
import type { Plan } from '../plan/types';
import { formatFile } from '../project/format/format-file';
import type { PlanDifferences } from '../protocol/views/backfill';
import type { Edition } from '../release/editions';
import type { WarehouseState } from '../release/types';
import { layoutOf } from './format-files';
import type { Workspace } from './workspace';

/** The plan with this id; `plan.stale` where this host knows none. */
export function knownPlan(workspace: Workspace, id: string): Plan {
  const plan = workspace.plans.get(id);
  if (plan) return plan;
  throw fault('plan.stale', `The plan ${id} is not known to this host any more.`, {
    kept: 'Nothing was written.',
    remedy: 'Plan again.',
  });
}

/** What differs in the texts of the models that a plan takes up as changed, against what the environment had. */
export async function planDifferences(
  workspace: Workspace,
  { plan: id, rendered = false }: { readonly plan: string; readonly rendered?: boolean | undefined },
): Promise<PlanDifferences> {
  const plan = knownPlan(workspace, id);
  const state = await workspace.state();
  const { directlyModified, metadataUpdated } = plan.decision;
  const layout = layoutOf(workspace.code.project.config.format);
  const queryOf = (source: EditionSource) =>
    rendered ? formatFile(renderedQuery(source), layout) : source.model.query;
  const models = Object.keys({ ...directlyModified, ...metadataUpdated }).sort();
  return {
    models: models.flatMap((model) => {
      const [old, now] = [plan.books.before[model], plan.books.editions[model]].map((edition) =>
        editionOf(plan, state, { model, edition }),
      );
      if (!old || !now) return [];
      return [{ model, lines: linesOf(editionText(old, queryOf), editionText(now, queryOf)) }];
    }),
  };
}

function editionOf(
  plan: Plan,
  state: WarehouseState,
  { model, edition }: { readonly model: string; readonly edition: string | undefined },
): Edition<EditionSource> | undefined {
  if (edition === undefined) return undefined;
  const fresh = plan.books.fresh.find((one) => one.model === model && one.print.id === edition);
  return (fresh ?? state.editions.get(model)?.get(edition)) as Edition<EditionSource> | undefined;
}

type Line = PlanDifferences['models'][number]['lines'][number];

/** The lines that differ, each with three around it; where lines are left out between, one says so. */
function linesOf(before: string, after: string): Line[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.flatMap((hunk, index) => [
    ...(index > 0 ? [{ mark: 'gap' as const, text: '' }] : []),
    ...hunk.lines.map((line) => ({
      mark: line.startsWith('+')
        ? ('new' as const)
        : line.startsWith('-')
          ? ('old' as const)
          : ('same' as const),
      text: line.slice(1),
    })),
  ]);
}
