import { DAY, normalise, subtract, toIso, totalLength } from '../../base/time';
import { isEmptyPlan } from '../../plan/build-plan';
import type { DecisionRecord, Plan, PlannedModel, Stage } from '../../plan/types';
import type { CheckView, PlannedModel as PlannedView, PlanView } from '../../protocol/views/backfill';
import type { Estimate } from '../estimate';
import { changeClassOf } from './change-class';
import { spanView, spanViews } from './spans';

export interface PlanFacts {
  readonly estimate: Estimate;
  readonly checks: readonly CheckView[];
  readonly alternatives: PlanView['alternatives'];
}

/** A plan as people read it: what, why, where it writes, what it will cost, and what was checked. */
export function planView(plan: Plan, facts: PlanFacts): PlanView {
  const computed = normalise(
    plan.models.flatMap((model) => (model.action === 'fill' && !model.whole ? model.batches : [])),
  );
  return {
    id: plan.id,
    environment: plan.environment,
    briefFile: plan.brief,
    title: plan.title,
    reason: plan.reason,
    description: plan.description,
    createdAt: toIso(plan.createdAt),
    createdBy: plan.user,
    baseRelease: plan.baseRelease,
    scope: plan.scope ? spanView(plan.scope) : null,
    days: plan.scope
      ? totalLength([plan.scope]) / DAY
      : computed.length > 0
        ? totalLength(computed) / DAY
        : null,
    models: plan.models
      .filter((model) => model.action !== 'keep' && model.action !== 'audit')
      .map((model) => plannedView(model, facts.estimate)),
    alternatives: facts.alternatives,
    estimate: facts.estimate.total,
    checks: [...facts.checks],
    stages: plan.stages.map((stage) => ({ kind: stage.kind, text: stageText(stage) })),
    totalBatches: plan.models.reduce(
      (sum, model) => sum + (model.action === 'fill' ? model.batches.length : 0),
      0,
    ),
    empty: isEmptyPlan(plan),
    decision: decisionView(plan.decision),
    reasons: Object.fromEntries(
      plan.models.flatMap(({ model, change }) => (change ? [[model, change.reason]] : [])),
    ),
  };
}

function decisionView(decision: DecisionRecord): PlanView['decision'] {
  const { added, removed, forwardOnly, restatements, missingIntervals } = decision;
  return {
    ...decision,
    ...{ added: [...added], removed: [...removed], forwardOnly: [...forwardOnly] },
    directlyModified: { ...decision.directlyModified },
    indirectlyModified: { ...decision.indirectlyModified },
    metadataUpdated: { ...decision.metadataUpdated },
    notRestated: { ...decision.notRestated },
    restatements: Object.fromEntries(
      Object.entries(restatements).map(([name, span]) => [name, spanView(span)]),
    ),
    missingIntervals: Object.fromEntries(
      Object.entries(missingIntervals).map(([name, { count, ranges }]) => [
        name,
        { count, ranges: spanViews(ranges) },
      ]),
    ),
  };
}

function plannedView(model: PlannedModel, estimate: Estimate): PlannedView {
  const spans = model.action === 'fill' ? normalise(model.batches) : [];
  return {
    model: model.model,
    kind: model.kind.name,
    change: model.change ? changeClassOf(model.change) : null,
    reason: model.reason,
    spans: spanViews(spans),
    batches: model.action === 'fill' ? model.batches.length : 0,
    days: model.whole ? null : totalLength(spans) / DAY,
    whole: model.whole,
    table: model.target ? `teal_data.${model.target.table}` : null,
    older: spanViews(model.older),
    shared: spanViews(subtract(model.shared, spans)),
    estimatedRows: estimate.models.get(model.model)?.rows ?? null,
  };
}

function stageText(stage: Stage): string {
  if (stage.kind === 'prepare')
    return `Make ${stage.tables.length} ${stage.tables.length === 1 ? 'table' : 'tables'}`;
  if (stage.kind === 'fill')
    return `Fill ${stage.model} in ${stage.batches} ${stage.batches === 1 ? 'batch' : 'batches'}${stage.after.length > 0 ? `, after ${stage.after.join(', ')}` : ''}`;
  if (stage.kind === 'audit') return `Run the audit ${stage.audit}`;
  if (stage.kind === 'seal') return `Form ${counted(Object.keys(stage.versions).length, 'version')}`;
  const removed = stage.removed.length > 0 ? `, take away ${stage.removed.join(', ')}` : '';
  return `Point ${stage.environment} at ${counted(stage.models.length, 'model')} in one transaction${removed}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
