import { Fault, type Problem } from '../base/errors';
import { DAY } from '../base/time';
import { EngineFault, type Session } from '../engine/contract';
import { cronOf } from '../plan/intervals';
import type { ProjectConfig } from '../project/config';
import { allRules, type Finding, ignoredRules, lintRules, type RuleContext } from '../project/lint/rules';
import type { Model } from '../project/model';
import type { LintResult, Violation } from '../protocol/views/verbs';
import { authored, id, join, sql } from '../sql/sql';
import { positionOf } from '../sql/text';
import { expandedQuery } from './expand';
import { configFile } from './keeping';
import { findModel, renderModel, spanOf } from './models';
import type { Code, Workspace } from './workspace';

/** Rules that need the engine to know the columns of models. */
const BINDING = new Set(['ambiguousorinvalidcolumn', 'invalidselectstarexpansion', 'noambiguousprojections']);

/** Looks at models with the rules that config.yaml turns on; a model's own `ignored_rules` are left out for it. */
export async function lintModels(
  workspace: Workspace,
  names: readonly string[] | undefined,
): Promise<LintResult> {
  const { code } = workspace;
  const { linter } = code.project.config;
  const wanted = names?.map((name) => findModel(code, name.toLowerCase()).name);
  const models = [...code.project.models.values()].filter((model) => wanted?.includes(model.name) ?? true);
  const none = { enabled: linter.enabled, models: models.length, violations: [], problems: [] };
  if (!linter.enabled) return none;
  const levels = levelsOf(linter);
  const context = await contextFor(workspace, [...levels.keys()]);
  const violations = models.flatMap((model) => violationsOf(model, levels, context));
  return { ...none, violations, problems: [...badRules(linter, code), ...unreadable(code, wanted)] };
}

type Level = Violation['level'];
type Linter = ProjectConfig['linter'];

function levelsOf({ rules, warnings, ignored }: Linter): Map<string, Level> {
  const named = (list: readonly string[]) =>
    (list.includes('all') ? [...list, ...allRules] : list).filter(
      (rule) => lintRules[rule] && !ignored.includes(rule) && !ignored.includes('all'),
    );
  return new Map<string, Level>([
    ...named(warnings).map((rule) => [rule, 'warning'] as const),
    ...named(rules).map((rule) => [rule, 'error'] as const),
  ]);
}

function violationsOf(
  model: Model,
  levels: ReadonlyMap<string, Level>,
  context: RuleContext,
): readonly Violation[] {
  const ignored = new Set(ignoredRules(model));
  if (ignored.has('all')) return [];
  return [...levels].flatMap(([rule, level]) => {
    if (ignored.has(rule)) return [];
    const findings = lintRules[rule]?.(model, context) ?? [];
    return findings.map(({ message, start }) => ({
      rule,
      level,
      model: model.name,
      message,
      place: { file: model.file, ...positionOf(model.text, start ?? model.queryStart) },
    }));
  });
}

function badRules(linter: Linter, code: Code): LintResult['problems'] {
  const all = [...linter.rules, ...linter.warnings, ...linter.ignored];
  const unknown = [...new Set(all)].filter((rule) => rule !== 'all' && !lintRules[rule]);
  const both = linter.rules.filter((rule) => linter.warnings.includes(rule));
  const place = { file: configFile(code) };
  const twice = both.map((rule) => ({
    code: 'config.invalid',
    message: `${rule} stands under rules and under warn_rules.`,
    place,
    kept: 'It counts as an error.',
  }));
  const none = unknown.map((rule) => ({
    code: 'config.invalid',
    message: `There is no rule ${rule}; rules written in Python are not run.`,
    place,
    kept: 'All other rules were looked at.',
    remedy: `The rules are ${Object.keys(lintRules).join(', ')}.`,
  }));
  return [...twice, ...none];
}

function unreadable(code: Code, wanted: readonly string[] | undefined): LintResult['problems'] {
  return code.project.broken
    .filter((model) => wanted?.includes(model.name) ?? true)
    .map(({ problem }) => ({ ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) }));
}

async function contextFor(workspace: Workspace, rules: readonly string[]): Promise<RuleContext> {
  const { code } = workspace;
  const binding = rules.some((rule) => BINDING.has(rule))
    ? await bindModels(workspace)
    : { bound: new Map<string, Finding>(), unknown: () => false };
  return {
    project: code.project,
    tested: namesIn(code, /^tests\/.*\.ya?ml$/, /^\s+model\s*:\s*['"]?([\w.]+)/gm),
    external: new Set(code.project.externals.keys()),
    rendered: (model) => renderedText(workspace, code, model),
    bound: (model) => binding.bound.get(model.name) ?? null,
    unknown: (model) => model.parents.filter((parent) => binding.unknown(parent)),
    unit: (model) => {
      const { unit } = cronOf(model);
      return typeof unit === 'number' ? unit : unit === 'month' ? 30 * DAY : 365 * DAY;
    },
  };
}

function namesIn(code: Code, files: RegExp, pattern: RegExp): ReadonlySet<string> {
  const texts = [...code.files].filter(([path]) => files.test(path)).map(([, text]) => text);
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(pattern)].map((match) => (match[1] ?? '').replaceAll('"', '').toLowerCase()),
    ),
  );
}

function renderedText(workspace: Workspace, code: Code, model: Model): string | null {
  if (model.kind.name === 'SEED') return null;
  try {
    return renderModel(workspace, code, model, spanOf(model, {}, workspace.platform.now())).text;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

interface Binding {
  readonly bound: ReadonlyMap<string, Finding>;
  /** models and sources whose columns are not known */
  readonly unknown: (name: string) => boolean;
}

let catalogs = 0;

/**
 * Asks the engine for the columns of each model, parents first, over empty tables with the columns of those before: nothing need be
 * filled, and nothing is written.
 */
async function bindModels(workspace: Workspace): Promise<Binding> {
  const { code, engine } = workspace;
  const bound = new Map<string, Finding>();
  const unknown = new Set<string>();
  const state = await workspace.state();
  await workspace.read(async (session) => {
    const catalog = `lint_${++catalogs}`;
    await session.run(sql`ATTACH ':memory:' AS ${id(catalog)}`);
    try {
      await session.run(sql`SET search_path = ${`${catalog}.main,${engine.info.catalog}.main`}`);
      for (const [name, source] of code.project.sources) {
        const columns = state.snapshots.get(name)?.columns ?? columnsOf(source.columns ?? {});
        if (columns.length === 0) unknown.add(`raw.${name}`);
        else await standIn(session, [catalog, 'raw', name], columns);
      }
      for (const { name, columns } of code.project.externals.values())
        if (columns.length > 0) await standIn(session, [catalog, ...name.split('.')], columns);
      for (const model of code.graph.order) {
        const columns = await bindModel(workspace, { session, model, bound, unknown });
        const [schema = '', table = ''] = model.name.split('.');
        if (columns.length === 0) unknown.add(model.name);
        else await standIn(session, [catalog, schema, table], columns);
      }
    } finally {
      await session.run(sql`USE ${id(engine.info.catalog)}`);
      await session.run(sql`DETACH ${id(catalog)}`);
    }
  });
  const external = code.project.externals;
  const isKnown = (name: string) =>
    code.project.models.has(name) || name.startsWith('raw.') || (external.get(name)?.columns.length ?? 0) > 0;
  return { bound, unknown: (name) => unknown.has(name) || !isKnown(name) };
}

type Columns = readonly { readonly name: string; readonly type: string }[];

async function bindModel(
  workspace: Workspace,
  work: { session: Session; model: Model; bound: Map<string, Finding>; unknown: Set<string> },
): Promise<Columns> {
  const { session, model, bound, unknown } = work;
  const { code } = workspace;
  if (model.kind.name === 'SEED' || model.parents.some((parent) => unknown.has(parent))) return model.columns;
  try {
    const span = spanOf(model, {}, workspace.platform.now());
    const text = expandedQuery(model, { workspace, code, span, expands: () => false });
    return await session.describe(authored(text));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const finding = findingOf(error.problem, error, model);
    if (finding) bound.set(model.name, finding);
    return model.columns;
  }
}

function findingOf(problem: Problem, error: Fault, model: Model): Finding | undefined {
  if (!(error instanceof EngineFault) || error.detail.type !== 'Binder') return undefined;
  const { position } = error.detail;
  const rendered = position !== undefined && position < model.query.length ? position : 0;
  return { message: problem.message, start: model.queryStart + rendered };
}

function columnsOf(columns: Readonly<Record<string, string>>): Columns {
  return Object.entries(columns).map(([name, type]) => ({ name, type }));
}

async function standIn(session: Session, name: readonly string[], columns: Columns): Promise<void> {
  const list = join(columns.map((column) => sql`${id(column.name)} ${authored(column.type)}`));
  await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(...name.slice(0, -1))}`);
  await session.run(sql`CREATE OR REPLACE TABLE ${id(...name)} (${list})`);
}
