import { Fault, fault, type Problem, toProblem } from '../base/errors';
import { PROD } from '../base/names';
import { DAY, toDay, toIso } from '../base/time';
import { isEmptyPlan } from '../plan/build-plan';
import type { Plan } from '../plan/types';
import type { CallContext, Handlers } from '../protocol/port';
import type { BriefView, PlanView } from '../protocol/views/backfill';
import { checkPlan } from './checks';
import { compareStates, diffTable, readComparison } from './comparisons';
import { diffRows } from './diff-rows';
import { estimatePlan } from './estimate';
import { compareFiles, isFileName } from './file-comparison';
import { listHistory, readHistory } from './histories';
import { knownPlan, planDifferences } from './plan-differences';
import { listReleases, previewRollback, previewSwap, rollBack, swap } from './releases';
import { type PlanInputs, requestPlan, requestRun, wholeHistory } from './request-plan';
import type { HostSession } from './session';
import { takeInSources } from './sources';
import { planView } from './views/plan-view';
import type { Workspace } from './workspace';

type WorkHandlers = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    | `plan.${string}`
    | `backfill.${string}`
    | `run.${string}`
    | `compare.${string}`
    | `release.${string}`
    | `history.${string}`
  >
>;

/** Plan, backfill, compare, swap, roll back, and the record of all that. */
export function workHandlers(host: HostSession): WorkHandlers {
  return { ...planHandlers(host), ...compareHandlers(host), ...releaseHandlers(host) };
}

function planHandlers(host: HostSession) {
  return {
    'plan.briefs': async () => ({ briefs: briefViews(host.workspace) }),
    'plan.build': async (inputs: PlanInputs, context: CallContext) => {
      const { workspace } = host;
      await takeInSources(workspace, context);
      const plan = await requestPlan(workspace, inputs);
      return viewPlan(workspace, plan, inputs);
    },
    'plan.differences': (request) => planDifferences(host.workspace, request),
    'backfill.start': async (request, context) => {
      const plan = knownPlan(host.workspace, request.plan);
      const status = await host.runs.start(plan);
      if (!request.wait) return status;
      return request.report ? host.runs.report(context.signal) : host.runs.wait(context.signal);
    },
    'backfill.pause': ({ run }) => host.runs.pause(run),
    'backfill.resume': async (request, context) => {
      const status = await host.runs.resume(request.run);
      return request.wait ? host.runs.wait(context.signal) : status;
    },
    'backfill.stop': ({ run }) => host.runs.stop(run),
    'backfill.status': async ({ run }) => ({ run: await host.runs.status(run) }),
    'run.execute': async (request, context) => {
      const { workspace } = host;
      await takeInSources(workspace, context);
      const plan = await requestRun(workspace, request);
      if (isEmptyPlan(plan)) return { run: null };
      await host.runs.start(plan);
      return { run: await host.runs.report(context.signal) };
    },
  } satisfies Partial<WorkHandlers>;
}

function compareHandlers(host: HostSession) {
  return {
    'compare.run': async (request, context) => {
      if (isFileName(request.old) || isFileName(request.new)) {
        const result = await compareFiles(host.platform, request, context);
        host.keepFiles(result);
        return result.comparison;
      }
      return compareStates(host.workspace, request, context);
    },
    'compare.rows': async (request) => {
      const files = host.filesOf(request.comparison);
      const comparison = files?.comparison ?? (await readComparison(host.workspace, request.comparison));
      const model = comparison?.models.find((candidate) => candidate.model === request.model);
      if (!model)
        throw fault(
          'compare.not_found',
          `There is no comparison ${request.comparison} of ${request.model} any more.`,
          { remedy: 'Compare again.' },
        );
      return diffRows(
        files?.engine ?? host.workspace.engine,
        diffTable(request.comparison, request.model),
        model,
        request,
      );
    },
    'history.list': (request) => listHistory(host.workspace, request),
    'history.read': ({ id }) => readHistory(host.workspace, id),
  } satisfies Partial<WorkHandlers>;
}

function releaseHandlers(host: HostSession) {
  return {
    'release.list': () => listReleases(host.workspace),
    'release.preview': ({ environment }) => previewSwap(host.workspace, environment),
    'release.swap': (request) => swap(host.workspace, request),
    'release.rollbackPreview': ({ to }) => previewRollback(host.workspace, to),
    'release.rollback': (request) => rollBack(host.workspace, request),
  } satisfies Partial<WorkHandlers>;
}

async function viewPlan(workspace: Workspace, plan: Plan, inputs: PlanInputs): Promise<PlanView> {
  const estimate = await estimatePlan(workspace, plan);
  const { autoApply, noDiff } = workspace.code.project.config.plan;
  const view = planView(plan, {
    estimate,
    checks: await checkPlan(workspace, plan, estimate),
    alternatives: await alternatives(workspace, plan, inputs),
  });
  return { ...view, settings: { autoApply, noDiff } };
}

/** The plan asked for beside the whole history and the last days, each with what it would cost. */
async function alternatives(
  workspace: Workspace,
  plan: Plan,
  inputs: PlanInputs,
): Promise<PlanView['alternatives']> {
  const history = wholeHistory(workspace.code, plan.executionTime);
  const list: PlanView['alternatives'] = [];
  const choices = [
    { id: 'full' as const, label: `Full history, ${days(history)} days` },
    ...(inputs.brief !== undefined || inputs.start !== undefined
      ? [{ id: 'scope' as const, label: 'As asked' }]
      : []),
    { id: 'last' as const, label: 'Last 31 days' },
  ];
  // What is computed again, or only from now on, is no matter of how much history to take.
  if (plan.environment === PROD || inputs.restate || inputs.forwardOnly) return list;
  for (const choice of choices) {
    const isPlan = choice.id === 'full' && plan.kind === 'plan' && plan.scope === null;
    const other = isPlan ? plan : await otherPlan(workspace, { ...inputs, alternative: choice.id });
    if ('code' in other) continue;
    if (other.id !== plan.id) workspace.plans.delete(other.id);
    const { total } = await estimatePlan(workspace, other);
    const label =
      choice.id === 'scope' && other.scope
        ? `${toDay(other.scope.from)} to ${toDay(other.scope.to - DAY)}`
        : choice.label;
    const selected =
      (inputs.alternative ??
        (choice.id === 'scope' || (inputs.brief === undefined && inputs.start === undefined)
          ? choice.id
          : '')) === choice.id && sameScope(other, plan);
    list.push({
      id: choice.id,
      label,
      start: other.scope ? toIso(other.scope.from) : null,
      end: other.scope ? toIso(other.scope.to) : null,
      rows: total.rows,
      seconds: total.seconds,
      bytes: total.bytes,
      selected,
    });
  }
  return list;
}

function otherPlan(workspace: Workspace, inputs: PlanInputs): Promise<Plan | Problem> {
  return requestPlan(workspace, inputs).catch((error: unknown) => {
    if (error instanceof Fault) return toProblem(error);
    throw error;
  });
}

function sameScope(a: Plan, b: Plan): boolean {
  return a.scope?.from === b.scope?.from && a.scope?.to === b.scope?.to;
}

function days(span: { from: number; to: number }): number {
  return Math.max(0, Math.round((span.to - span.from) / DAY));
}

function briefViews(workspace: Workspace): BriefView[] {
  const { briefs, brokenBriefs } = workspace.code.project;
  const whole = briefs.map(
    (brief): BriefView => ({
      file: brief.file,
      name: brief.name,
      environment: brief.environment,
      reason: brief.reason,
      description: brief.description,
      models: [...brief.models],
      start: brief.start === null ? null : toDay(brief.start),
      end: brief.end === null ? null : toDay(brief.end - DAY),
      problem: null,
    }),
  );
  const broken = brokenBriefs.map(
    ({ file, problem }): BriefView => ({
      ...{
        file,
        name: file,
        environment: '',
        reason: '',
        description: '',
        models: [],
        start: null,
        end: null,
      },
      problem: { ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) },
    }),
  );
  return [...whole, ...broken];
}
