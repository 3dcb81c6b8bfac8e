import { Fault, fault, type Problem, toProblem } from '../base/errors';
import { PROD } from '../base/names';
import { type Interval, normalise } from '../base/time';
import { EngineFault, type Session } from '../engine/contract';
import { step } from '../plan/cron';
import { descendants, problemOf, standingOver } from '../plan/graph';
import { cronOf, historyOf } from '../plan/intervals';
import type { Plan } from '../plan/types';
import type { BrokenModel, Model } from '../project/model';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import { type Rendered, renderText } from '../project/render';
import type { Impact, ModelDetail } from '../protocol/views/project';
import { tableNameOf } from '../sql/references';
import { authored, type Sql } from '../sql/sql';
import { positionOf } from '../sql/text';
import { estimatePlan } from './estimate';
import { readingAs } from './reading';
import { momentOf, requestPlan } from './request-plan';
import { testsOf } from './test-names';
import { changeClassOf } from './views/change-class';
import { dayCounts } from './views/graph-view';
import { modelSettings } from './views/model-settings';
import { spanViews } from './views/spans';
import type { Code, Workspace } from './workspace';

/** A model by name, whole or broken. */
export function findModel(code: Code, name: string): Model | BrokenModel {
  const full = tableNameOf(name);
  const model =
    code.project.models.get(name) ??
    code.project.models.get(full) ??
    code.project.broken.find((broken) => broken.name === name || broken.name === full);
  if (!model)
    throw fault('model.not_found', `There is no model ${name}.`, { remedy: 'teal dag lists them.' });
  return model;
}

export function modelDetail(code: Code, name: string): ModelDetail {
  const model = findModel(code, name);
  const broken = 'problem' in model;
  const problem = broken ? model.problem : problemOf(code.graph, name);
  const whole = broken ? undefined : model;
  return {
    id: model.name,
    file: model.file,
    text: model.text,
    kind: whole?.kind.name ?? null,
    cron: whole?.cron ?? '',
    start: whole?.start ? new Date(whole.start).toISOString() : null,
    owner: whole?.owner ?? '',
    description: whole?.description ?? '',
    docs:
      code.project.docs.get(`docs/${name}.md`) ??
      code.project.docs.get(`docs/${name.split('.').at(-1)}.md`) ??
      '',
    columns:
      whole?.columns.map((column) => ({
        ...column,
        description: whole.columnDescriptions[column.name.toLowerCase()] ?? '',
      })) ?? [],
    properties: whole?.properties.map((property) => ({ name: property.name, value: property.value })) ?? [],
    settings: whole ? modelSettings(whole) : [],
    tests: testsOf(code.files, name),
    audits: [
      ...(whole?.audits ?? []).map((audit) => ({
        name: audit.name,
        arguments: Object.entries(audit.arguments)
          .map(([key, value]) => `${key} := ${value}`)
          .join(', '),
        blocking: audit.blocking ?? code.project.audits.get(audit.name)?.blocking ?? true,
        standsAlone: false,
      })),
      ...standingOver(code, name).map((audit) => ({
        ...{ name: audit.name, arguments: '', blocking: false, standsAlone: true },
      })),
    ],
    parents: [...(whole?.parents ?? [])],
    children: [...(code.graph.children.get(name) ?? [])],
    problem: problem ? copy(problem) : null,
  };
}

/** What a model's text, saved or not, would touch in prod: the change, its reason, and every model below with the spans to compute. */
export async function impactOf(workspace: Workspace, name: string, text: string): Promise<Impact> {
  const file = findModel(workspace.code, name).file;
  const code = workspace.code.files.get(file) === text ? workspace.code : workspace.draft(file, text);
  const none = { model: name, change: null, reason: '', affected: [], seconds: null };
  const broken =
    code.project.broken.find((model) => model.file === file)?.problem ?? problemOf(code.graph, name);
  if (broken) return { ...none, problem: copy(broken) };
  if (![...code.project.models.values()].some((model) => model.file === file))
    return { ...none, problem: { ...undefinedModel(name), place: { file } } };
  try {
    const plan = await requestPlan(workspace, { environment: PROD }, code);
    workspace.plans.delete(plan.id);
    const own = code.project.models.has(name)
      ? name
      : ([...code.project.models.values()].find((model) => model.file === file)?.name ?? name);
    return {
      ...none,
      ...(await touched(workspace, code, { plan, name: own })),
      problem: await bindProblem(workspace, code, own),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...none, problem: copy(toProblem(error)) };
  }
}

function undefinedModel(name: string): Problem {
  return {
    code: 'model.not_found',
    message: `The text defines no model: saved like this, it takes ${name} away.`,
    remedy: 'A model begins with MODEL ( name ... ); and a query follows it.',
  };
}

async function touched(
  workspace: Workspace,
  code: Code,
  what: { plan: Plan; name: string },
): Promise<Pick<Impact, 'change' | 'reason' | 'affected' | 'seconds'>> {
  const reach = new Set([what.name, ...descendants(code.graph, [what.name])]);
  const hit = what.plan.models.filter(
    (planned) => reach.has(planned.model) && planned.change && planned.change.category !== 'METADATA',
  );
  const own = hit.find((planned) => planned.model === what.name);
  const estimate = await estimatePlan(workspace, { ...what.plan, models: hit });
  return {
    change: own?.change ? changeClassOf(own.change) : null,
    reason: own?.change?.reason ?? '',
    seconds: estimate.total.seconds,
    affected: hit.map((planned) => {
      const model = code.project.models.get(planned.model) as Model;
      const spans = planned.action === 'fill' ? normalise(planned.batches) : [];
      return {
        model: planned.model,
        change: planned.change ? changeClassOf(planned.change) : 'breaking',
        ...dayCounts(model, spans, workspace.platform.now()),
        spans: spanViews(spans),
      };
    }),
  };
}

/** What the engine says of a model's text without running it; null where it binds, or where its parents are not filled yet. */
async function bindProblem(workspace: Workspace, code: Code, name: string): Promise<Impact['problem']> {
  const model = code.project.models.get(name);
  const state = await workspace.state();
  const filled = model?.parents.every((parent) =>
    parent.startsWith('raw.')
      ? state.snapshots.has(parent.slice(4))
      : state.environments.get(PROD)?.versions[parent] !== undefined,
  );
  if (!model || !filled || model.kind.name === 'SEED') return null;
  const expanded = renderModel(workspace, code, model, lastInterval(model, workspace.platform.now()));
  try {
    await readingAs(workspace, PROD, (session) => session.describe(authored(expanded.text)));
    return null;
  } catch (error) {
    return copy(locate(model, expanded, toProblem(error), error));
  }
}

/** A model's query for a span, ready for the engine; places lead back to the author's text. */
export function renderModel(
  workspace: Workspace,
  code: Code,
  model: Model,
  span: Interval & { readonly executionTime?: number },
): Rendered {
  const rendered = renderText(model.query, {
    macros: {
      start: span.from,
      end: span.to,
      executionTime: span.executionTime ?? workspace.platform.now(),
      variables: code.project.config.variables,
      values: {},
    },
    resolvePath: (path) => workspace.folder.resolve(path),
    knowsDay: workspace.engine.info.capabilities.timeZones,
  });
  if (rendered.ok) return rendered.value;
  const at = positionOf(model.text, model.queryStart);
  const { line = 1, column = 1 } = rendered.problem.place ?? {};
  throw new Fault({
    ...rendered.problem,
    place: {
      file: model.file,
      line: at.line + line - 1,
      column: line === 1 ? at.column + column - 1 : column,
    },
  });
}

/** Runs `work` on the rows that a model's text gives over live parents, for its last interval. */
export async function onEditedRows<T>(
  workspace: Workspace,
  name: string,
  text: string | undefined,
  work: (session: Session, query: Sql) => Promise<T>,
): Promise<T> {
  const file = findModel(workspace.code, name).file;
  const code = text === undefined ? workspace.code : workspace.draft(file, text);
  const model =
    code.project.models.get(name) ??
    [...code.project.models.values()].find((candidate) => candidate.file === file);
  const problem = code.project.broken.find((candidate) => candidate.file === file)?.problem;
  if (!model) throw new Fault(problem ?? { code: 'model.not_found', message: `There is no model ${name}.` });
  if (model.kind.name === 'SEED')
    throw fault('usage.invalid', 'A seed has no query to preview; look at its live rows.');
  const expanded = renderModel(workspace, code, model, lastInterval(model, workspace.platform.now()));
  const query = authored(expanded.text);
  let isBound = false;
  try {
    return await readingAs(workspace, PROD, async (session) => {
      await session.describe(query);
      isBound = true;
      return work(session, query);
    });
  } catch (error) {
    // The work puts statements around the query: only what fails before it has its place in the author's text.
    const placed = isBound ? undefined : error;
    throw error instanceof Fault ? new Fault(locate(model, expanded, error.problem, placed)) : error;
  }
}

/** The span that `render` and previews use: as given, else the model's last interval. */
export function spanOf(
  model: Model,
  given: { start?: string | undefined; end?: string | undefined; executionTime?: string | undefined },
  now: number,
): Interval & { readonly executionTime: number } {
  const executionTime = momentOf(given.executionTime, 'execution-time', parseMoment) ?? now;
  const last = lastInterval(model, executionTime);
  const from = momentOf(given.start, 'start', parseMoment) ?? last.from;
  const to = momentOf(given.end, 'end', parseInclusiveEnd) ?? Math.max(last.to, from);
  if (to < from) throw fault('usage.invalid', 'end must not be before start.');
  return { from, to, executionTime };
}

function lastInterval(model: Model, now: number): Interval {
  const history = historyOf(model, now);
  return { from: Math.max(history.from, step(cronOf(model).unit, history.to, -1)), to: history.to };
}

function locate(model: Model, expanded: Rendered, problem: Problem, error: unknown): Problem {
  const offset = error instanceof EngineFault ? error.detail.position : undefined;
  const place =
    offset === undefined
      ? { file: model.file }
      : {
          file: model.file,
          ...positionOf(model.text, model.queryStart + expanded.source(offset)),
        };
  return { ...problem, place };
}

function copy(problem: Problem): NonNullable<Impact['problem']> {
  return { ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) };
}
