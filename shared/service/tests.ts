import { Fault, fault, type Problem } from '../base/errors';
import { DAY } from '../base/time';
import { type Engine, withSession } from '../engine/contract';
import type { Model } from '../project/model';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import { renderText } from '../project/render';
import type { CommandRequest } from '../protocol/table';
import type { TestReport, TestResult } from '../protocol/views/quality';
import { freezeTime } from '../quality/freeze-time';
import { runTest, type TestedModel, type TestOutcome } from '../quality/run-test';
import type { BrokenTest, TestCase } from '../quality/test-case';
import { TestMoment } from '../quality/test-values';
import { NO_SCHEMA } from '../sql/references';
import { id, sql } from '../sql/sql';
import { applyEdits, positionOf } from '../sql/text';
import { projectTests } from './test-names';
import { TestTypes } from './test-types';
import type { Workspace } from './workspace';

type AnyTest = TestCase | BrokenTest;

/** Runs unit tests of the project, all of them unless some are chosen, in an engine in memory; nothing is written. */
export async function runTests(
  workspace: Workspace,
  choice: CommandRequest<'test.run'> = {},
): Promise<TestResult> {
  const chosen = chooseTests(workspace, choice);
  const reports = chosen.length === 0 ? [] : await onScratch(workspace, (bench) => reportAll(chosen, bench));
  const named = (outcome: TestReport['outcome']) => reports.filter((report) => report.outcome === outcome);
  return {
    passed: named('passed').map((report) => report.test),
    failed: reports
      .filter((report) => report.differences.length > 0)
      .map(({ test, model }) => ({ test, model })),
    errors: reports
      .filter((report) => report.problem && report.outcome !== 'skipped')
      .map((report) => report.test),
    tests: reports,
  };
}

/** Where tests run: an engine in memory, and what is known of the columns of models. */
export interface Scratch {
  readonly workspace: Workspace;
  readonly engine: Engine;
  readonly types: TestTypes;
}

/** Runs `work` with an engine in memory that may read the project's files. */
export async function onScratch<T>(workspace: Workspace, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const engine = await workspace.platform.openScratch([workspace.folder.dir]);
  const types = new TestTypes(workspace, engine);
  try {
    return await work({ workspace, engine, types });
  } finally {
    await types.close();
    await engine.close();
  }
}

async function reportAll(chosen: readonly AnyTest[], scratch: Scratch): Promise<TestReport[]> {
  const reports: TestReport[] = [];
  for (const test of chosen) reports.push(await reportOne(test, scratch, reports.length));
  return reports.toSorted((a, b) => (a.test < b.test ? -1 : 1));
}

async function reportOne(test: AnyTest, scratch: Scratch, index: number): Promise<TestReport> {
  const base = {
    test: test.name,
    file: test.place.file ?? '',
    line: test.place.line ?? 1,
    model: test.model,
    description: 'description' in test ? test.description : '',
    differences: [],
  };
  if ('problem' in test)
    return { ...base, outcome: 'error', problem: problemView(test.problem), malformed: true };
  const { project } = scratch.workspace.code;
  const model = project.models.get(test.model);
  const broken = project.broken.find((one) => one.name === test.model);
  if (broken) {
    const outcome = broken.problem.code === 'model.unsupported' ? 'skipped' : 'error';
    return { ...base, outcome, problem: problemView(broken.problem) };
  }
  if (!model) return { ...base, outcome: 'skipped', problem: problemView(noModel(test)) };
  const { differences, problem } = await runOne(test, model, scratch, `test_${index + 1}`);
  const outcome = problem ? 'error' : differences.length > 0 ? 'failed' : 'passed';
  return {
    ...base,
    outcome: differences.length > 0 ? 'failed' : outcome,
    differences: differences.map((difference) => ({
      ...difference,
      columns: [...difference.columns],
      rows: difference.rows.map((row) => ({ side: row.side, values: [...row.values] })),
    })),
    problem: problem ? problemView(problem) : null,
  };
}

async function runOne(test: TestCase, model: Model, scratch: Scratch, catalog: string): Promise<TestOutcome> {
  if (model.kind.name === 'SEED') {
    const message = `The test ${test.name}: ${model.name} is a seed, which has no query to test.`;
    return { differences: [], problem: { code: 'test.invalid', message, place: test.place } };
  }
  return inCatalog(scratch, catalog, (session) =>
    runTest(test, testedModel(scratch.workspace, model, test.variables), {
      session,
      columnsOf: (name) => scratch.types.columnsOf(name),
    }),
  );
}

/** Runs `work` with a session whose own catalog is empty; it is gone afterwards. */
export function inCatalog<T>(
  { engine }: Scratch,
  name: string,
  work: (session: Awaited<ReturnType<Engine['session']>>) => Promise<T>,
): Promise<T> {
  return withSession(engine, 'writer', async (session) => {
    await session.run(sql`ATTACH ':memory:' AS ${id(name)}`);
    await session.run(sql`CREATE SCHEMA ${id(name, NO_SCHEMA)}`);
    await session.run(sql`SET search_path = ${`${name}.main,${name}.${NO_SCHEMA}`}`);
    try {
      return await work(session);
    } finally {
      await session.run(sql`USE ${id(engine.info.catalog)}`);
      await session.run(sql`DETACH ${id(name)}`);
    }
  });
}

/** A model as tests run it: its macros see the test's variables, its clocks stand at the test's execution time. */
export function testedModel(
  workspace: Workspace,
  model: Model,
  variables: Readonly<Record<string, unknown>>,
): TestedModel {
  const given = splitVariables(variables);
  return {
    name: model.name,
    parents: model.parents,
    render: (columnsOf) => {
      const rendered = renderText(model.query, {
        macros: {
          start: given.start,
          end: given.end,
          executionTime: given.executionTime ?? 0,
          variables: { ...workspace.code.project.config.variables, ...given.variables },
          values: given.values,
          stage: 'testing',
          definitions: model.definitions.map((statement) => statement.text),
          blueprint: model.blueprint,
          columnsOf,
        },
        resolvePath: (path) => workspace.folder.resolve(path),
        knowsDay: workspace.engine.info.capabilities.timeZones,
      });
      if (!rendered.ok) throw new Fault(placedInModel(rendered.problem, model));
      const { text } = rendered.value;
      return given.executionTime === null ? text : applyEdits(text, freezeTime(text, given.executionTime));
    },
  };
}

function placedInModel(problem: Problem, model: Model): Problem {
  const at = positionOf(model.text, model.queryStart);
  const { line = 1, column = 1 } = problem.place ?? {};
  const place = {
    file: model.file,
    model: model.name,
    line: at.line + line - 1,
    column: line === 1 ? at.column + column - 1 : column,
  };
  return { ...problem, place };
}

interface Given {
  readonly start: number;
  readonly end: number;
  /** null where the test says none: clocks go on then */
  readonly executionTime: number | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, string>>;
}

/** SQLMesh's defaults: a test that gives no range is of the first day of 1970. */
function splitVariables(given: Readonly<Record<string, unknown>>): Given {
  const entries = Object.entries(given).map(
    ([name, value]) => [name.toLowerCase(), plainVariable(value)] as const,
  );
  const text = (name: string) => {
    const value = entries.find(([key]) => key === name)?.[1];
    return value === undefined || value === null ? undefined : String(value);
  };
  const moment = (name: string, read: (text: string) => number | null) => {
    const value = text(name);
    if (value === undefined) return null;
    const time = read(value);
    if (time !== null) return time;
    throw fault('test.invalid', `The variable ${name} is no date: ${value}.`, {
      remedy: 'Write 2025-02-01.',
    });
  };
  const isTime = (name: string) => ['start', 'end', 'execution_time', 'latest'].includes(name);
  const isForm = (name: string) => /^(start|end|execution|latest)_(?!time$)[a-z]+$/.test(name);
  return {
    start: moment('start', parseMoment) ?? 0,
    end: moment('end', parseInclusiveEnd) ?? DAY,
    executionTime: moment('execution_time', parseMoment),
    variables: Object.fromEntries(entries.filter(([name]) => !isTime(name) && !isForm(name))),
    values: Object.fromEntries(
      entries.filter(([name]) => isForm(name)).map(([name, value]) => [name, variableSql(value)]),
    ),
  };
}

function plainVariable(value: unknown): unknown {
  if (value instanceof TestMoment) return value.text;
  return typeof value === 'bigint' ? Number(value) : value;
}

function variableSql(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : sql`${String(value)}`.text;
}

function chooseTests(workspace: Workspace, choice: CommandRequest<'test.run'>): readonly AnyTest[] {
  const all = projectTests(workspace.code.files);
  const { dir } = workspace.folder;
  const full = (test: AnyTest) => `${dir}/${test.place.file}::${test.name}`;
  const files = choice.tests ?? [];
  for (const selector of files) if (!isKnown(workspace, all, selector)) throw unknownSelector(selector);
  const patterns = (choice.patterns ?? []).map(patternOf);
  return all
    .filter((test) => files.length === 0 || files.some((selector) => isSelected(workspace, test, selector)))
    .filter((test) => patterns.length === 0 || patterns.some((pattern) => pattern.test(full(test))))
    .filter((test) => choice.models === undefined || choice.models.includes(test.model));
}

function isKnown(workspace: Workspace, all: readonly AnyTest[], selector: string): boolean {
  if (all.some((test) => isSelected(workspace, test, selector))) return true;
  return [...workspace.code.files.keys()].some((file) => samePath(workspace, file, selector));
}

function isSelected(workspace: Workspace, test: AnyTest, selector: string): boolean {
  const [path = '', name] = selector.split('::');
  if (name !== undefined) return name === test.name && samePath(workspace, test.place.file ?? '', path);
  const model = workspace.code.project.models.get(test.model);
  return (
    samePath(workspace, test.place.file ?? '', path) ||
    (model !== undefined && samePath(workspace, model.file, path))
  );
}

function samePath(workspace: Workspace, file: string, given: string): boolean {
  const path = given.replaceAll('\\', '/').replace(/^\.\//, '');
  return (
    path !== '' &&
    (path === file || `${workspace.folder.dir}/${file}`.endsWith(path.startsWith('/') ? path : `/${path}`))
  );
}

function unknownSelector(selector: string): Fault {
  return fault('usage.invalid', `${selector} is no test file, no test in one, and no file of a model.`, {
    remedy: 'Name tests/test_x.yaml, tests/test_x.yaml::test_name, or models/x.sql.',
  });
}

// Text in a pattern is found anywhere; with a `*` the pattern is the whole of `file::name`, as in SQLMesh.
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, '\\$&');
  if (!pattern.includes('*')) return new RegExp(escaped.replace(/[[\]?]/g, '\\$&'));
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('[!', '[^')}$`, 's');
}

function noModel(test: TestCase): Problem {
  const message = `The test ${test.name} is of ${test.model}, which is no model of the project; it is not run.`;
  return { code: 'test.invalid', message, place: test.place };
}

function problemView(problem: Problem) {
  return { ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) };
}
