import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Interval, intersect, subtract } from '../../shared/base/time';
import { onlyAddsColumns } from '../../shared/plan/query-change';
import type { PlanView } from '../../shared/protocol/views/backfill';
import type { WarehouseState } from '../../shared/release/types';
import { authored } from '../../shared/sql/sql';
import { openBench, problemOf } from '../storage/projects';
import {
  dateAfter,
  dayAfter,
  edited,
  histories,
  nameOf,
  openPlanned,
  ordered,
  type PlannedProject,
  rowsOf,
  type Shape,
  type Turn,
} from './plan-support';

/** One turn that is being taken, with all that statements about it look at. */
interface Taking {
  readonly project: PlannedProject;
  readonly turn: Turn;
  readonly now: number;
}

type Rows = ReadonlyMap<string, readonly string[]>;

/** What each view of an environment shows, as one text a row. */
async function shownIn(project: PlannedProject, environment: string): Promise<Rows> {
  const state = await project.state();
  const shown = Object.keys(state.environments.get(environment)?.versions ?? {});
  const rows = new Map<string, readonly string[]>();
  for (const name of shown) rows.set(name, await rowsIn(project, viewOf(environment, name)));
  return rows;
}

function rowsIn(project: PlannedProject, table: string): Promise<readonly string[]> {
  return project.read(async (session) => {
    const rows = await session.rows(
      authored(`SELECT d::VARCHAR || ' ' || v AS row FROM ${table} ORDER BY d`),
    );
    return rows.map((row) => String(row.row));
  });
}

function viewOf(environment: string, name: string): string {
  return environment === 'prod' ? name : name.replace('.', `__${environment}.`);
}

/** Models of an environment that show other rows than their queries give over what the environment shows of their parents. */
async function staleIn(
  project: PlannedProject,
  environment: string,
  from: { shapes: readonly Shape[]; now: number },
): Promise<readonly unknown[]> {
  const state = await project.state();
  const own = state.environments.get(environment)?.versions ?? {};
  const tableOf = (index: number) => viewOf(nameOf(index) in own ? environment : 'prod', nameOf(index));
  const last = dateAfter(from.now - 1);
  const stale: unknown[] = [];
  for (const [index, shape] of from.shapes.entries()) {
    const query = rowsOf(shape, { tableOf, from: "TIMESTAMP '2025-01-01'", to: `TIMESTAMP '${last}'` });
    const wanted = await rowsIn(project, `(${query})`);
    const shown = await rowsIn(project, tableOf(index));
    if (wanted.join() !== shown.join()) stale.push({ model: nameOf(index), wanted, shown });
  }
  return stale;
}

/** What is recorded as done of the edition that an environment has of a model. */
function doneOf(state: WarehouseState, environment: string, name: string): readonly Interval[] {
  const id = state.environments.get(environment)?.editions[name];
  const line = id === undefined ? undefined : state.editions.get(name)?.get(id)?.line;
  return state.intervals
    .filter((record) => record.model === name && record.line === line)
    .flatMap((record) => record.done);
}

const request = ({ turn, now }: Taking) => {
  const executionTime = dateAfter(now);
  if (turn.what === 'restate') {
    const last = Math.min(now, turn.from + turn.days) - 1;
    const span = { start: dateAfter(Math.min(turn.from, last)), end: dateAfter(last) };
    return { environment: turn.environment, restate: [nameOf(turn.at)], ...span, executionTime };
  }
  const forwardOnly = turn.what === 'plan' && turn.forwardOnly;
  return { environment: turn.environment, executionTime, forwardOnly };
};

const REFUSALS = new Set(['plan.refused', 'environment.not_found', 'model.not_found', 'usage.invalid']);

/** Carries a turn out; what it planned, or null where it was refused or a run. */
async function take(taking: Taking): Promise<PlanView | null> {
  const { project, turn, now } = taking;
  const { client } = project.bench;
  if (turn.what === 'run') {
    const run = client.call('run.execute', { environment: turn.environment, executionTime: dateAfter(now) });
    const problem = await problemOf(run);
    expect(problem === null || REFUSALS.has(problem.code)).toBe(true);
    return null;
  }
  const problem = await problemOf(project.bench.plan(request(taking)));
  if (problem) {
    expect([...REFUSALS]).toContain(problem.code);
    return null;
  }
  const plan = await project.bench.plan(request(taking));
  const again = await project.bench.plan(request(taking));
  expect([again.id, again.models, again.decision]).toEqual([plan.id, plan.models, plan.decision]);
  if (!plan.empty) await client.call('backfill.start', { plan: plan.id, wait: true });
  return plan;
}

/** The work of a plan in days that were done before, where nothing asked for them again. */
function redone(plan: PlanView, before: WarehouseState, shapes: readonly Shape[]): readonly unknown[] {
  return plan.models.flatMap((model) => {
    const shape = shapes[Number(model.model.slice(3))];
    const plain = shape?.kind === 'TIME' || shape?.kind === 'BATCHES' || shape?.kind === 'ONWARD';
    const changed = model.model in { ...plan.decision.directlyModified, ...plan.decision.indirectlyModified };
    if (!plain || changed || model.model in plan.decision.restatements) return [];
    const spans = model.spans.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
    const twice = intersect(doneOf(before, plan.environment, model.model), spans);
    return twice.length > 0 ? [{ model: model.model, twice }] : [];
  });
}

/** What a history has come to. */
interface Course {
  readonly project: PlannedProject;
  shapes: readonly Shape[];
  /** days that have passed when prod was last planned or run */
  now: number;
}

/** Takes a turn and says what must hold after it; `rows`: also that views show what their models say. */
async function takeTurn(course: Course, turn: Turn, rows: boolean): Promise<void> {
  const { project, now } = course;
  if (turn.what === 'plan') {
    course.shapes = ordered(turn.edits.reduce(edited, course.shapes));
    await project.write(course.shapes);
  }
  const before = await project.state();
  const shown = await shownIn(project, 'prod');
  const plan = await take({ project, turn, now });
  if (plan) expect(redone(plan, before, course.shapes)).toEqual([]);
  if (turn.environment !== 'prod') expect(await shownIn(project, 'prod')).toEqual(shown);
  if (turn.what === 'restate') await expectAlone(project, turn.environment, before);
  if (turn.what !== 'plan' || !plan) return;
  if (turn.environment === 'prod') await expectFilled(course);
  // A new model whose changes apply from now on is only previewed at first.
  if (!rows && turn.environment !== 'prod') return;
  const again = await project.bench.plan(request({ project, turn, now }));
  expect(again.models.filter((model) => model.batches > 0)).toEqual([]);
  if (rows) expect(await staleIn(project, turn.environment, course)).toEqual([]);
}

/** Prod lacks nothing up to now after a plan of it. */
async function expectFilled(course: Course): Promise<void> {
  const state = await course.project.state();
  const history = [{ from: dayAfter(0), to: dayAfter(course.now) }];
  const lacking = course.shapes
    .map((_, index) => nameOf(index))
    .filter((name) => subtract(history, doneOf(state, 'prod', name)).length > 0);
  expect(lacking).toEqual([]);
}

/** A restatement moves nobody else's views. */
async function expectAlone(
  project: PlannedProject,
  environment: string,
  before: WarehouseState,
): Promise<void> {
  for (const [name, { versions }] of (await project.state()).environments)
    if (name !== environment)
      expect([name, versions]).toEqual([name, before.environments.get(name)?.versions]);
}

function courses(options: { readonly forward: boolean }) {
  return fc.asyncProperty(histories(options), async ({ shapes, turns }) => {
    const project = await openPlanned(shapes);
    const course: Course = { project, shapes, now: 4 };
    for (const { turn, days } of [{ turn: FIRST_PLAN, days: 0 }, ...turns]) {
      // Where others were ahead of prod, a plan of prod would not fill what is behind.
      if (turn.environment === 'prod' && turn.what !== 'restate') course.now += days;
      await takeTurn(course, turn, !options.forward);
    }
    await project.bench.close();
  });
}

const FIRST_PLAN: Turn = { what: 'plan', edits: [], environment: 'prod', forwardOnly: false };
const LIMITS = { numRuns: 60, interruptAfterTimeLimit: 30_000 };

describe('any history of changes, plans, restatements and runs', () => {
  it('leaves views showing what their models say, and does nothing twice or behind the back of others', async () => {
    await fc.assert(courses({ forward: false }), LIMITS);
  }, 240_000);

  it('with changes that apply from now on does nothing twice or behind the back of others', async () => {
    await fc.assert(courses({ forward: true }), LIMITS);
  }, 240_000);
});

describe('a plan beside models that cannot be run', () => {
  const one = 'MODEL (name a.one, kind FULL);\nSELECT 1 AS v';
  const broken = {
    'models/a/two.sql': 'MODEL (name a.two, kind FULL);\nSELECT v FROM a.three',
    'models/a/three.sql': 'MODEL (name a.three, kind FULL);\nSELECT v FROM a.two',
    'models/a/four.sql': 'MODEL (name a.four, kind FULL);\nSELECT v FROM a.nowhere',
  };

  it('is made of all others, and refused for one of them; one that reads an unknown table may be planned', async () => {
    const bench = await openBench({ 'models/a/one.sql': one, ...broken });
    const plan = await bench.plan({});
    expect(plan.models.map((model) => model.model)).toEqual(['a.four', 'a.one']);
    for (const name of ['a.two', 'a.three'])
      expect(await problemOf(bench.plan({ models: [name] }))).toMatchObject({ code: 'plan.refused' });
    expect(await problemOf(bench.plan({ models: ['a.none'] }))).toMatchObject({ code: 'model.not_found' });
  });
});

describe('adding columns', () => {
  it.each([
    ['a column at the end', 'SELECT a FROM t', 'SELECT a, b FROM t', true],
    ['a column in front', 'SELECT a FROM t', 'SELECT b, a FROM t', true],
    ['an expression with commas', 'SELECT a FROM t', 'SELECT a, f(b, c) AS d FROM t', true],
    [
      'one in a common table expression too',
      'WITH c AS (SELECT a FROM t) SELECT a FROM c',
      'WITH c AS (SELECT a, b FROM t) SELECT a, b FROM c',
      true,
    ],
    ['a changed column', 'SELECT a FROM t', 'SELECT a + 1 AS a, b FROM t', false],
    ['a removed column', 'SELECT a, b FROM t', 'SELECT a FROM t', false],
    ['a condition', 'SELECT a FROM t', 'SELECT a, b FROM t WHERE c', false],
    ['DISTINCT', 'SELECT DISTINCT a FROM t', 'SELECT DISTINCT a, b FROM t', true],
    ['GROUP BY ALL', 'SELECT a FROM t GROUP BY ALL', 'SELECT a, b FROM t GROUP BY ALL', true],
    ['unnest', 'SELECT a FROM t', 'SELECT a, unnest(b) AS b FROM t', false],
    ['nothing', 'SELECT a FROM t', 'SELECT a FROM t', true],
  ])('tells %s', (_, before, after, expected) => {
    expect(onlyAddsColumns({ before, after, resolved: true })).toBe(expected);
  });
});
