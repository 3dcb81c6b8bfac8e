import { Fault, fault } from '../base/errors';
import { PROD } from '../base/names';
import { DAY, type Interval } from '../base/time';
import { buildPlan } from '../plan/build-plan';
import { descendants } from '../plan/graph';
import { historyOf } from '../plan/intervals';
import type { PlanInput } from '../plan/plan-input';
import type { Plan, PlanRequest } from '../plan/types';
import { type Brief, readBrief } from '../project/brief';
import { isIncremental } from '../project/model';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import type { CommandRequest } from '../protocol/table';
import { sourceProblem } from './sources';
import type { Code, Workspace } from './workspace';

export type PlanInputs = CommandRequest<'plan.build'>;

const LAST_DAYS = 31;

/** Turns what was asked for into a pinned plan, and keeps it under its id. */
export async function requestPlan(workspace: Workspace, inputs: PlanInputs, draft?: Code): Promise<Plan> {
  // A plan over a draft is looked at and thrown away: it needs no commit, and asking Git for one takes longer than the plan.
  const git = draft === undefined ? await workspace.folder.git() : null;
  const code = draft ?? workspace.code;
  const request = planRequest(workspace, { inputs, code, commit: git?.commit ?? '' });
  const input: PlanInput = {
    project: code.project,
    graph: code.graph,
    prints: code.prints,
    state: await workspace.state(),
    request,
    sha256: (text) => workspace.platform.sha256(text),
    now: workspace.platform.now(),
  };
  const plan = explaining(workspace, () => buildPlan(input));
  workspace.plans.set(plan.id, plan);
  return plan;
}

/** A plan that fails for a source that has no snapshot says what kept the source from being read. */
function explaining(workspace: Workspace, build: () => Plan): Plan {
  try {
    return build();
  } catch (error) {
    const source = error instanceof Fault ? error.problem.place?.source : undefined;
    const why = source === undefined ? undefined : sourceProblem(workspace, source);
    if (!why) throw error;
    throw new Fault({ ...why, kept: 'Nothing was planned or written.' });
  }
}

/** The brief that a request names, read from its file. */
function briefOf(workspace: Workspace, file: string, code: Code = workspace.code): Brief {
  const path = file.replace(/^\.\//, '');
  const known = code.project.briefs.find(
    (brief) => brief.file === path || brief.name === path || brief.environment === path,
  );
  if (known) return known;
  const text = code.files.get(path);
  if (text === undefined) {
    const have = code.project.briefs.map((brief) => brief.file).join(', ');
    throw fault('brief.invalid', `There is no backfill file ${path}.`, {
      place: { file: path },
      remedy: have ? `The project has ${have}.` : 'Write one in backfills/.',
    });
  }
  const read = readBrief(path, text);
  if (!read.ok) throw new Fault(read.problem);
  return read.value;
}

function planRequest(
  workspace: Workspace,
  from: { inputs: PlanInputs; code: Code; commit: string },
): PlanRequest {
  const { inputs, code, commit } = from;
  const brief = inputs.brief === undefined ? null : briefOf(workspace, inputs.brief, code);
  const environment = inputs.environment ?? brief?.environment ?? PROD;
  if (!/^[a-z][a-z0-9_]*$/.test(environment))
    throw fault(
      'environment.invalid',
      `An environment's name is lower-case letters, digits and _, not ${environment}.`,
    );
  const executionTime =
    momentOf(inputs.executionTime, 'executionTime', parseMoment) ?? workspace.platform.now();
  const restate = expandNames(code, inputs.restate ?? [], inputs.downstream ?? true);
  const select = brief?.models ?? (inputs.models && inputs.models.length > 0 ? inputs.models : null);
  const given = scopeOf(inputs, code, executionTime);
  if (environment === PROD && given && restate.length === 0 && !select) {
    throw fault(
      'plan.refused',
      'A plan of prod takes no start and end without models to restate: every model is filled from its own start.',
      {
        kept: 'Nothing was planned or written.',
        remedy: 'Leave them out, name --restate-model, or plan another environment.',
      },
    );
  }
  const scope = given ?? (brief ? withinHistory(brief, code, executionTime) : null);
  return {
    environment,
    kind: brief ? 'backfill' : 'plan',
    executionTime,
    scope: alternativeScope(inputs.alternative, scope, { code, executionTime }),
    select,
    downstream: inputs.downstream ?? brief?.downstream ?? true,
    restate,
    title: brief?.name ?? (environment === PROD ? 'Plan of prod' : environment),
    reason: brief?.reason ?? (restate.length > 0 ? 'restatement' : 'logic'),
    description: brief?.description ?? '',
    brief: brief?.file ?? null,
    user: workspace.platform.user(),
    commit,
  };
}

function scopeOf(inputs: PlanInputs, code: Code, executionTime: number): Interval | null {
  const start = momentOf(inputs.start, 'start', parseMoment);
  const end = momentOf(inputs.end, 'end', parseInclusiveEnd);
  return withinHistory({ start: start ?? null, end: end ?? null }, code, executionTime);
}

/** A scope of which one side may be left open: it then reaches to that end of the history. */
function withinHistory(
  { start, end }: { readonly start: number | null; readonly end: number | null },
  code: Code,
  executionTime: number,
): Interval | null {
  if (start === null && end === null) return null;
  const history = wholeHistory(code, executionTime);
  const scope = { from: start ?? history.from, to: end ?? history.to };
  if (scope.to <= scope.from) throw fault('usage.invalid', 'end must not be before start.');
  return scope;
}

function alternativeScope(
  alternative: string | undefined,
  scope: Interval | null,
  context: { code: Code; executionTime: number },
): Interval | null {
  if (alternative === 'full') return null;
  if (alternative !== 'last') return scope;
  const history = wholeHistory(context.code, context.executionTime);
  return { from: Math.max(history.from, history.to - LAST_DAYS * DAY), to: history.to };
}

/** From the earliest start to the latest end of the models that are kept by spans; of all, where there are none such. */
export function wholeHistory(code: Code, executionTime: number): Interval {
  const bySpans = code.graph.order.filter((model) => isIncremental(model.kind));
  const models = bySpans.length > 0 ? bySpans : code.graph.order;
  const spans = models.map((model) => historyOf(model, executionTime));
  return {
    from: Math.min(executionTime, ...spans.map((span) => span.from)),
    to: Math.max(0, ...spans.map((span) => span.to)),
  };
}

function expandNames(code: Code, names: readonly string[], downstream: boolean): readonly string[] {
  const plain = names.map((name) => name.toLowerCase());
  const unknown = plain.find((name) => !code.project.models.has(name));
  if (unknown)
    throw fault('model.not_found', `There is no model ${unknown}.`, {
      kept: 'Nothing was planned or written.',
    });
  return downstream ? [...plain, ...descendants(code.graph, plain)] : plain;
}

/** A moment that somebody typed, in ms UTC; a plain refusal where it is none. */
export function momentOf(
  text: string | undefined,
  name: string,
  parse: (text: string) => number | null,
): number | undefined {
  if (text === undefined) return undefined;
  const time = parse(text);
  if (time === null)
    throw fault(
      'usage.invalid',
      `${name} must be a date such as 2025-02-01 or a time such as 2025-02-01 06:00:00, not ${text}.`,
    );
  return time;
}
