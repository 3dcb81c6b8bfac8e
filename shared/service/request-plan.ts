import { Fault, fault } from '../base/errors';
import { PROD } from '../base/names';
import { DAY, type Interval } from '../base/time';
import { buildPlan, buildRun } from '../plan/build-plan';
import type { EditionDraft } from '../plan/editions/draft';
import type { PlanRequest } from '../plan/editions/request';
import { descendants } from '../plan/graph';
import { historyOf } from '../plan/intervals';
import { selectModels } from '../plan/select-models';
import type { Plan } from '../plan/types';
import { type Brief, readBrief } from '../project/brief';
import type { PlanSettings } from '../project/config';
import { macroUses } from '../project/macros';
import { isIncremental } from '../project/model';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import type { CommandRequest } from '../protocol/table';
import type { AroundStatements, WarehouseState } from '../release/types';
import { keepingIn } from './keeping';
import { changedAbove, mixedDrafts, projectDrafts, selectable, storedSelectable } from './mixed-drafts';
import { sourceProblem } from './sources';
import type { Code, Workspace } from './workspace';

export type PlanInputs = CommandRequest<'plan.build'>;
type RunInputs = CommandRequest<'run.execute'>;

const LAST_DAYS = 31;

/** Turns what was asked for into a pinned plan, and keeps it under its id. */
export async function requestPlan(workspace: Workspace, inputs: PlanInputs, draft?: Code): Promise<Plan> {
  // A plan over a draft is looked at and thrown away: it needs no commit, and asking Git for one takes longer than the plan.
  const git = draft === undefined ? await workspace.folder.git() : null;
  const code = draft ?? workspace.code;
  const state = await workspace.state();
  const asked = planRequest(workspace, { inputs, code, state, commit: git?.commit ?? '' });
  const { platform } = workspace;
  const plan = explaining(workspace, () =>
    buildPlan({ ...asked, state, sha256: (text) => platform.sha256(text), now: platform.now() }),
  );
  workspace.plans.set(plan.id, plan);
  return plan;
}

/** What is due in an environment as a pinned plan. */
export async function requestRun(workspace: Workspace, inputs: RunInputs): Promise<Plan> {
  const { platform } = workspace;
  const state = await workspace.state();
  const environment = environmentName(inputs.environment ?? defaultTarget(workspace.code));
  const models = storedSelectable(state, environment);
  const chosen =
    inputs.select && inputs.select.length > 0
      ? selectModels(inputs.noAutoUpstream ? inputs.select : inputs.select.map((one) => `+(${one})`), models)
      : null;
  const request: PlanRequest = {
    ...plainRequest(workspace, inputs.executionTime),
    environment,
    kind: 'run',
    start: momentOf(inputs.start, 'start', parseMoment) ?? null,
    end: momentOf(inputs.end, 'end', parseInclusiveEnd) ?? null,
    backfill: chosen,
    ignoreCron: inputs.ignoreCron ?? false,
    runDue: true,
    title: 'Run',
    reason: 'run',
    commit: (await workspace.folder.git())?.commit ?? '',
  };
  const sha256 = (text: string) => platform.sha256(text);
  const plan = explaining(workspace, () => buildRun({ state, request, sha256, now: platform.now() }));
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

interface Asked {
  readonly inputs: PlanInputs;
  readonly code: Code;
  readonly state: WarehouseState;
  readonly commit: string;
}

function planRequest(
  workspace: Workspace,
  asked: Asked,
): { request: PlanRequest; drafts: ReadonlyMap<string, EditionDraft> } {
  const { inputs, code, state } = asked;
  const brief = inputs.brief === undefined ? null : briefOf(workspace, inputs.brief, code);
  const environment = environmentName(inputs.environment ?? brief?.environment ?? defaultTarget(code));
  const settings = code.project.config.plan;
  const plain = plainRequest(workspace, inputs.executionTime);
  const carry = environment !== PROD && (brief !== null || inputs.alternative !== undefined);
  const chosen = chosenModels(asked, { brief, environment });
  const restate = inputs.restate ? restated(asked, environment, inputs.restate) : null;
  const named = (list: readonly string[] | undefined) =>
    list && list.length > 0 ? selectModels(list, selectable(code)) : [];
  const request: PlanRequest = {
    ...plain,
    ...flagsOf(inputs, settings),
    expiresAt: expiryFor(workspace, environment),
    around: aroundOf(code),
    environment,
    kind: carry ? 'backfill' : 'plan',
    ...(carry ? carriedScope(inputs, brief, { code, executionTime: plain.executionTime }) : bounds(inputs)),
    restate,
    select: chosen.named,
    backfill: inputs.backfillModels ? named(inputs.backfillModels) : chosen.inPlay,
    allowDestructive: named(inputs.allowDestructive),
    allowAdditive: named(inputs.allowAdditive),
    includeUnmodified: inputs.includeUnmodified ?? (carry || settings.includeUnmodified),
    carry,
    title: brief?.name ?? (environment === PROD ? 'Plan of prod' : environment),
    reason: brief?.reason ?? (restate ? 'restatement' : 'logic'),
    description: brief?.description ?? '',
    brief: brief?.file ?? null,
    commit: asked.commit,
  };
  const drafts = chosen.inPlay
    ? mixedDrafts(workspace, { code, state, environment, chosen: new Set(chosen.inPlay) })
    : projectDrafts(workspace, { code, state, environment });
  return { request, drafts };
}

type Flags = Pick<
  PlanRequest,
  | 'forwardOnly'
  | 'effectiveFrom'
  | 'enablePreview'
  | 'choices'
  | 'autoCategorise'
  | 'categorize'
  | 'recreate'
  | 'createFrom'
  | 'skipBackfill'
  | 'emptyBackfill'
  | 'ignoreCron'
  | 'minIntervals'
  | 'runDue'
>;

/** What was asked for, else what config.yaml says of plans. */
function flagsOf(inputs: PlanInputs, settings: PlanSettings): Flags {
  return {
    forwardOnly: inputs.forwardOnly ?? settings.forwardOnly,
    effectiveFrom: momentOf(inputs.effectiveFrom, 'effectiveFrom', parseMoment) ?? null,
    enablePreview: inputs.enablePreview ?? settings.enablePreview,
    choices: inputs.choices ?? {},
    autoCategorise: !(inputs.noAutoCategorization ?? false),
    categorize: settings.categorize,
    recreate: settings.alwaysRecreate,
    createFrom: inputs.createFrom ?? PROD,
    skipBackfill: inputs.skipBackfill ?? false,
    emptyBackfill: inputs.emptyBackfill ?? false,
    ignoreCron: inputs.ignoreCron ?? false,
    minIntervals: inputs.minIntervals ?? 0,
    runDue: inputs.run ?? false,
  };
}

function bounds(inputs: PlanInputs): Pick<PlanRequest, 'start' | 'end' | 'endWritten'> {
  return {
    start: momentOf(inputs.start, 'start', parseMoment) ?? null,
    end: momentOf(inputs.end, 'end', parseInclusiveEnd) ?? null,
    endWritten: momentOf(inputs.end, 'end', parseMoment) ?? null,
  };
}

/** The scope of a backfill that carries other rows over: a span, or the whole history. */
function carriedScope(
  inputs: PlanInputs,
  brief: Brief | null,
  context: { code: Code; executionTime: number },
): Pick<PlanRequest, 'start' | 'end'> {
  const { code, executionTime } = context;
  const given = withinHistory(bounds(inputs), code, executionTime);
  const scoped = given ?? (brief ? withinHistory(brief, code, executionTime) : null);
  const scope = alternativeScope(inputs.alternative, scoped, context);
  return { start: scope?.from ?? null, end: scope?.to ?? null };
}

/** The models that a plan takes up, and those that it may compute with them; null: all. */
function chosenModels(
  { inputs, code, state }: Asked,
  { brief, environment }: { brief: Brief | null; environment: string },
): { named: readonly string[] | null; inPlay: readonly string[] | null } {
  const expressions = brief?.models ?? (inputs.models && inputs.models.length > 0 ? inputs.models : null);
  if (!expressions) return { named: null, inPlay: null };
  const unknown = expressions.find((one) => selectModels([one], selectable(code)).length === 0);
  if (unknown !== undefined) throw notThere(unknown, code);
  const named = selectModels(expressions, selectable(code));
  if (!brief) return { named, inPlay: named };
  const below = (inputs.downstream ?? brief.downstream) ? descendants(code.graph, named) : [];
  const above = changedAbove({ code, state, environment }, named);
  return { named, inPlay: [...new Set([...above, ...named, ...below])] };
}

function notThere(name: string, code: Code): Fault {
  const kept = 'Nothing was planned or written.';
  const broken = code.graph.blocked.get(name.toLowerCase());
  return broken
    ? new Fault({ ...broken, code: 'plan.refused', kept })
    : fault('model.not_found', `There is no model ${name}.`, { kept });
}

function restated({ state }: Asked, environment: string, expressions: readonly string[]): readonly string[] {
  const names = selectModels(expressions, storedSelectable(state, environment));
  if (names.length > 0) return names;
  throw fault('model.not_found', `${environment} has no model that ${expressions.join(', ')} selects.`, {
    kept: 'Nothing was planned or written.',
    remedy: 'Check the names; teal info lists the models.',
  });
}

function defaultTarget({ project }: Code): string {
  return project.config.environments.defaultTarget;
}

/** When an environment that is planned now ends; null: never. */
function expiryFor(workspace: Workspace, environment: string): number | null {
  const keeping = keepingIn(workspace.code);
  if (!keeping.ok) throw new Fault({ ...keeping.problem, kept: 'Nothing was planned or written.' });
  const { environmentTtl, pinned } = keeping.value;
  if (environmentTtl === null || pinned.map(environmentName).includes(environment)) return null;
  return workspace.platform.now() + environmentTtl;
}

/** The statements around plans with the variables that they use. */
function aroundOf({ project }: Code): AroundStatements {
  const { beforeAll, afterAll, variables } = project.config;
  const used = macroUses([...beforeAll, ...afterAll], { variables }).variables;
  return {
    before: beforeAll,
    after: afterAll,
    variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
  };
}

/** A request that asks for nothing in particular. */
function plainRequest(workspace: Workspace, executionTime: string | undefined): PlanRequest {
  const now = workspace.platform.now();
  const given = momentOf(executionTime, 'executionTime', parseMoment);
  return {
    environment: PROD,
    kind: 'plan',
    executionTime: given ?? now,
    now,
    timeGiven: given !== undefined,
    ...{ start: null, end: null, endWritten: null, restate: null, select: null, backfill: null },
    ...{ forwardOnly: false, effectiveFrom: null, enablePreview: true },
    ...{ allowDestructive: [], allowAdditive: [], includeUnmodified: false, choices: {} },
    ...{ autoCategorise: true, createFrom: PROD, skipBackfill: false, emptyBackfill: false },
    ...{ ignoreCron: false, minIntervals: 0, runDue: false, carry: false, expiresAt: null },
    ...{ title: '', reason: '', description: '', brief: null, commit: '' },
    sources: [...workspace.code.project.sources.keys()],
    user: workspace.platform.user(),
  };
}

/** An environment's name as SQLMesh keeps it: in lower case, with _ for all that is no letter or digit. */
function environmentName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  if (/^[a-z0-9_]+$/.test(plain)) return plain;
  throw fault('environment.invalid', 'An environment needs a name of letters, digits and _.', {
    kept: 'Nothing was planned or written.',
  });
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
