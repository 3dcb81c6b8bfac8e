import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, intersect, totalLength } from '../../shared/base/time';
import { isEmptyPlan } from '../../shared/plan/build-plan';
import { onlyAddsColumns } from '../../shared/plan/query-change';
import type { Plan } from '../../shared/plan/types';
import type { WarehouseState } from '../../shared/release/types';
import { applied, EMPTY, plan } from './plan-support';

const KINDS = [
  'FULL',
  'VIEW',
  'INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 2)',
  'INCREMENTAL_BY_TIME_RANGE (time_column d, lookback 2)',
  'INCREMENTAL_BY_UNIQUE_KEY (unique_key d)',
] as const;
const FIRST = Date.UTC(2025, 0, 1);
const day = (count: number) => FIRST + count * DAY;

interface Shape {
  readonly kind: number;
  readonly value: number;
  readonly parents: readonly number[];
}

const shape = fc.record({
  kind: fc.nat(KINDS.length - 1),
  value: fc.nat(2),
  parents: fc.array(fc.nat(5), { maxLength: 2 }),
});
const shapes = fc.array(shape, { minLength: 1, maxLength: 6 });

function modelsOf(list: readonly Shape[]): Record<string, string> {
  const entries = list.map(({ kind, value, parents }, index) => {
    const above = [...new Set(parents.filter((parent) => parent < index))];
    const joined = above.map((parent) => ` CROSS JOIN a.m${parent}`).join('');
    const text = `MODEL (name a.m${index}, kind ${KINDS[kind] ?? 'FULL'});\nSELECT ${value} AS v, d FROM (SELECT 1 AS d) AS x${joined}`;
    return [`a.m${index}`, text] as const;
  });
  return Object.fromEntries(entries);
}

const request = fc.record({
  environment: fc.constantFrom('prod', 'dev'),
  executionTime: fc.integer({ min: 3, max: 12 }).map(day),
  span: fc.option(
    fc.tuple(fc.nat(8), fc.nat(3)).map(([from, days]) => ({ from: day(from), to: day(from + 1 + days) })),
  ),
});

const modelOf = (made: Plan, name: string) => made.models.find((model) => model.model === name);
const fill = (models: Record<string, string>, state: WarehouseState = EMPTY) =>
  applied(state, plan(models, state, {}));

describe('a plan', () => {
  it('that was carried out leaves nothing to plan, after any history of plans', () => {
    const turns = fc.array(fc.tuple(shapes, request), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(turns, (list) => {
        let state = EMPTY;
        let now = 0;
        for (const [models, { environment, executionTime, span }] of list) {
          now = Math.max(now, executionTime);
          const scope = environment === 'prod' ? null : span;
          const made = plan(modelsOf(models), state, { environment, executionTime: now, scope });
          state = applied(state, made);
          const again = plan(modelsOf(models), state, { environment, executionTime: now, scope });
          expect(
            again.models
              .filter((model) => model.action !== 'keep')
              .map((model) => [model.model, model.reason]),
          ).toEqual([]);
          expect(isEmptyPlan(again)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('computes nothing outside of its scope, names every table it writes, and reads what it pins', () => {
    fc.assert(
      fc.property(shapes, shapes, request, (before, after, { executionTime, span }) => {
        const state = fill(modelsOf(before));
        const made = plan(modelsOf(after), state, { environment: 'dev', executionTime, scope: span });
        const tables = made.stages.flatMap((stage) => (stage.kind === 'prepare' ? stage.tables : []));
        for (const model of made.models) {
          if (model.target) expect(tables).toContain(model.target.table);
          expect(model.target?.mode).not.toBe('tail');
          if (span && !model.whole)
            expect(totalLength(intersect(model.batches, [span]))).toBe(totalLength(model.batches));
          for (const [name, parent] of Object.entries(model.parents))
            if (parent.type === 'model') expect(modelOf(made, name)?.version).toBe(parent.version);
        }
      }),
      { numRuns: 200 },
    );
  });

  const time =
    'MODEL (name a.time, kind INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 3));\nSELECT 1 AS v, d FROM x.y';
  const chain = {
    'a.time': time.replace('x.y', '(SELECT 1 AS d) AS x'),
    'a.sum': 'MODEL (name a.sum, kind INCREMENTAL_BY_TIME_RANGE (time_column d));\nSELECT v, d FROM a.time',
    'a.full': 'MODEL (name a.full, kind FULL);\nSELECT v FROM a.sum',
  };

  it('fills only what is missing, and cascades what it computes again', () => {
    const state = fill(chain);
    const later = plan(chain, state, { executionTime: day(12) });
    expect(later.models.map((model) => [model.model, model.target?.mode, model.batches.length])).toEqual([
      ['a.time', 'tail', 1],
      ['a.sum', 'tail', 1],
      ['a.full', 'new', 1],
    ]);
    const again = plan(chain, state, { restate: ['a.time'], scope: { from: day(2), to: day(4) } });
    const span = [{ from: day(2), to: day(4) }];
    expect(modelOf(again, 'a.time')?.batches).toEqual(span);
    expect(modelOf(again, 'a.sum')?.batches).toEqual(span);
    expect(modelOf(again, 'a.full')?.action).toBe('fill');
  });

  it('leaves older logic outside of its scope, and says where', () => {
    const changed = { ...chain, 'a.time': chain['a.time'].replace('1 AS v', '2 AS v') };
    const made = plan(changed, fill(chain), { environment: 'dev', scope: { from: day(2), to: day(4) } });
    const older = [
      { from: day(0), to: day(2) },
      { from: day(4), to: day(10) },
    ];
    expect(modelOf(made, 'a.time')).toMatchObject({ older, shared: older, change: { class: 'breaking' } });
    expect(modelOf(made, 'a.sum')).toMatchObject({ older, change: { class: 'indirect_breaking' } });
  });

  it('is refused for a model in a circle, below one, or unknown, and made beside them', () => {
    const circle = {
      ...chain,
      'a.one': 'MODEL (name a.one, kind FULL);\nSELECT 1 AS v FROM a.two',
      'a.two': 'MODEL (name a.two, kind FULL);\nSELECT 1 AS v FROM a.one',
      'a.three': 'MODEL (name a.three, kind FULL);\nSELECT 1 AS v FROM a.nowhere',
    };
    expect(plan(circle, EMPTY, {}).models.map((model) => model.model)).toEqual(['a.time', 'a.sum', 'a.full']);
    for (const name of ['a.one', 'a.two', 'a.three'])
      expect(() => plan(circle, EMPTY, { select: [name] })).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'plan.refused' }) }),
      );
    expect(() => plan(circle, EMPTY, { select: ['a.none'] })).toThrow('There is no model a.none.');
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
    ['DISTINCT', 'SELECT DISTINCT a FROM t', 'SELECT DISTINCT a, b FROM t', false],
    ['GROUP BY ALL', 'SELECT a FROM t GROUP BY ALL', 'SELECT a, b FROM t GROUP BY ALL', false],
    ['unnest', 'SELECT a FROM t', 'SELECT a, unnest(b) AS b FROM t', false],
    ['nothing', 'SELECT a FROM t', 'SELECT a FROM t', false],
  ])('tells %s', (_, before, after, expected) => {
    expect(onlyAddsColumns(before, after)).toBe(expected);
  });
});
