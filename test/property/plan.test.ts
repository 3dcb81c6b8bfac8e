import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Interval, intersect, subtract } from '../../shared/base/time';
import type { PlanView } from '../../shared/protocol/views/backfill';
import type { WarehouseState } from '../../shared/release/types';
import { authored } from '../../shared/sql/sql';
import { problemOf } from '../storage/projects';
import {
  dateAfter,
  dayAfter,
  edited,
  histories,
  keepsDays,
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

describe('a history of changes, plans, restatements and runs', () => {
  it('leaves prod showing what its models say, and does nothing twice or behind the back of others', async () => {
    await fc.assert(
      fc.asyncProperty(histories({ forward: false }), async (history) => {
        const project = await openPlanned(history.shapes);
        let { shapes } = history;
        let now = 4;
        let live = 0;
        for (const { turn, days } of [{ turn: FIRST_PLAN, days: 0 }, ...history.turns]) {
          now += days;
          if (turn.what === 'plan') {
            shapes = ordered(turn.edits.reduce(edited, shapes));
            await project.write(shapes);
          }
          const before = await project.state();
          const shown = await shownIn(project, 'prod');
          const plan = await take({ project, turn, now });
          const after = await project.state();
          if (plan) expect(redone(plan, before, shapes)).toEqual([]);
          if (turn.environment === 'prod') {
            if (turn.what === 'plan' && plan) {
              live = now;
              for (const name of shapes.map((_, index) => nameOf(index)))
                expect([
                  name,
                  subtract([{ from: dayAfter(0), to: dayAfter(now) }], doneOf(after, 'prod', name)),
                ]).toEqual([name, []]);
              expect(await staleIn(project, 'prod', { shapes, now })).toEqual([]);
            }
          } else {
            for (const [name, rows] of await shownIn(project, 'prod'))
              if (now === live) expect([name, rows]).toEqual([name, shown.get(name)]);
              else expect([name, rows.slice(0, shown.get(name)?.length)]).toEqual([name, shown.get(name)]);
            if (turn.what === 'plan' && plan)
              expect(await staleIn(project, turn.environment, { shapes, now })).toEqual([]);
          }
          if (turn.what === 'plan' && plan && (turn.environment === 'prod' || now === live))
            expect(
              (await project.bench.plan(request({ project, turn, now }))).models.filter(
                (model) => model.batches > 0,
              ),
            ).toEqual([]);
        }
        await project.bench.close();
      }),
      {
        numRuns: Number(process.env.RUNS ?? 25),
        interruptAfterTimeLimit: Number(process.env.LIMIT ?? 300_000),
        ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
      },
    );
  }, 600_000);
});

const FIRST_PLAN: Turn = { what: 'plan', edits: [], environment: 'prod', forwardOnly: false };
