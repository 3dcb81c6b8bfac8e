import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { DAY } from '../../shared/base/time';
import { type Session, withSession } from '../../shared/engine/contract';
import { readState } from '../../shared/release/store';
import type { WarehouseState } from '../../shared/release/types';
import { type Bench, openBench } from '../storage/projects';

const FIRST = Date.UTC(2025, 0, 1);
/** Midnight after so many days of 2025. */
export const dayAfter = (count: number): number => FIRST + count * DAY;
/** The same as a date. */
export const dateAfter = (count: number): string => new Date(dayAfter(count)).toISOString().slice(0, 10);

/** A small model whose rows follow from its text, its parents' rows and the days alone: one row a day, summed over what it reads. */
export interface Shape {
  readonly kind: (typeof KINDS)[number];
  readonly value: number;
  readonly parents: readonly number[];
  /** columns more than `d` and `v`, which no other model names */
  readonly more: number;
  readonly comment: number;
  readonly audited: boolean;
}

const KINDS = ['FULL', 'VIEW', 'TIME', 'BATCHES', 'LOOKBACK', 'KEYED', 'ONWARD'] as const;

const KIND_TEXT: Readonly<Record<Shape['kind'], string>> = {
  FULL: 'FULL',
  VIEW: 'VIEW',
  TIME: 'INCREMENTAL_BY_TIME_RANGE (time_column d)',
  BATCHES: 'INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 2)',
  LOOKBACK: 'INCREMENTAL_BY_TIME_RANGE (time_column d, lookback 2)',
  KEYED: 'INCREMENTAL_BY_UNIQUE_KEY (unique_key d)',
  ONWARD: 'INCREMENTAL_BY_TIME_RANGE (time_column d, forward_only true)',
};

/** The name of a model by its place in the list. */
export const nameOf = (index: number): string => `a.m${index}`;

const keepsDays = ({ kind }: Shape): boolean => kind !== 'FULL' && kind !== 'VIEW';

/** What a model's query gives over what it reads, for all days until a moment; `tableOf` names the tables of its parents. */
export function rowsOf(
  shape: Shape,
  { tableOf, from, to }: { tableOf: (parent: number) => string; from: string; to: string },
): string {
  const days = keepsDays(shape)
    ? `range(${from}, ${to} + INTERVAL 1 DAY, INTERVAL 1 DAY)`
    : "range(TIMESTAMP '2025-01-01', TIMESTAMP '2025-01-04', INTERVAL 1 DAY)";
  const own = `SELECT day::DATE AS d, ${shape.value + 1}::BIGINT AS v FROM ${days} AS t(day)`;
  const above = shape.parents.map((parent) => `SELECT d, v * 10 AS v FROM ${tableOf(parent)}`);
  const where = keepsDays(shape) ? ` WHERE d BETWEEN ${from} AND ${to}` : '';
  const more = Array.from({ length: shape.more }, (_, index) => `, ${index} AS w${index}`).join('');
  return `SELECT d::DATE AS d, sum(v)::BIGINT AS v${more}\nFROM (${[own, ...above].join(' UNION ALL ')}) AS x${where} GROUP BY d`;
}

function textOf(shape: Shape, index: number): string {
  const { kind, comment, audited } = shape;
  const query = rowsOf(shape, {
    tableOf: nameOf,
    from: '@start_date::TIMESTAMP',
    to: '@end_date::TIMESTAMP',
  });
  const audits = audited ? ', audits (not_null(columns := (v)))' : '';
  return `MODEL (name ${nameOf(index)}, kind ${KIND_TEXT[kind]}${audits});\n-- ${comment}\n${query}\n`;
}

const kindFrom = (kinds: readonly Shape['kind'][]) => fc.constantFrom(...kinds);

const shapeFrom = (kinds: readonly Shape['kind'][]) =>
  fc.record({
    kind: kindFrom(kinds),
    value: fc.nat(2),
    parents: fc.array(fc.nat(3), { maxLength: 2 }),
    more: fc.nat(1),
    comment: fc.constant(0),
    audited: fc.constant(false),
  });

/** A change of a project: a model gets other properties, one is added, the last goes; some do nothing. */
type Edit = { readonly at: number; readonly more: Partial<Shape> } | { readonly added: Shape } | 'cut';

function editOf(kinds: readonly Shape['kind'][]): fc.Arbitrary<Edit> {
  const more = fc.oneof(
    { weight: 3, arbitrary: fc.nat(2).map((value): Partial<Shape> => ({ value })) },
    { weight: 3, arbitrary: fc.nat(2).map((columns): Partial<Shape> => ({ more: columns })) },
    fc.nat(2).map((comment): Partial<Shape> => ({ comment })),
    fc.boolean().map((audited): Partial<Shape> => ({ audited })),
    fc.array(fc.nat(3), { maxLength: 2 }).map((parents): Partial<Shape> => ({ parents })),
    kindFrom(kinds).map((kind): Partial<Shape> => ({ kind })),
  );
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ at: fc.nat(3), more }) },
    { weight: 1, arbitrary: fc.record({ added: shapeFrom(kinds) }) },
    { weight: 1, arbitrary: fc.constant('cut' as const) },
  );
}

/** The models of a project after a change. */
export function edited(shapes: readonly Shape[], edit: Edit): readonly Shape[] {
  if (edit === 'cut') return shapes.slice(0, Math.max(1, shapes.length - 1));
  if ('added' in edit) return [...shapes, edit.added].slice(0, 5);
  return shapes.map((shape, index) => (index === edit.at ? { ...shape, ...edit.more } : shape));
}

/** One turn of a project's history. */
export type Turn =
  | {
      readonly what: 'plan';
      readonly edits: readonly Edit[];
      readonly environment: string;
      readonly forwardOnly: boolean;
    }
  | {
      readonly what: 'restate';
      readonly at: number;
      readonly environment: string;
      readonly from: number;
      readonly days: number;
    }
  | { readonly what: 'run'; readonly environment: string };

/** Histories of small projects: turns, each with the days that have passed before it. */
export function histories(options: { readonly forward: boolean }): fc.Arbitrary<{
  shapes: readonly Shape[];
  turns: readonly { turn: Turn; days: number }[];
}> {
  const kinds = options.forward ? KINDS : KINDS.filter((kind) => kind !== 'ONWARD');
  const environment = fc.constantFrom('prod', 'prod', 'dev', 'qa');
  const turn = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        what: fc.constant('plan' as const),
        edits: fc.array(editOf(kinds), { maxLength: 2 }),
        environment,
        forwardOnly: options.forward ? fc.boolean() : fc.constant(false),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('restate' as const),
        at: fc.nat(3),
        environment,
        from: fc.nat(3),
        days: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('run' as const), environment }) },
  );
  return fc.record({
    shapes: fc.array(shapeFrom(kinds), { minLength: 1, maxLength: 4 }),
    turns: fc.array(fc.record({ turn, days: fc.nat(2) }), { minLength: 1, maxLength: 5 }),
  });
}

/** A project on disk with a real host, whose models are written as shapes. */
export interface PlannedProject {
  readonly bench: Bench;
  /** writes the models in place of those that were there */
  write(shapes: readonly Shape[]): Promise<void>;
  state(): Promise<WarehouseState>;
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/** Opens a project of these models; it is gone when the test ends. */
export async function openPlanned(shapes: readonly Shape[]): Promise<PlannedProject> {
  const first = Object.fromEntries(
    ordered(shapes).map((shape, index) => [fileOf(index), textOf(shape, index)]),
  );
  const bench = await openBench(first);
  let count = shapes.length;
  const read = async <T>(work: (session: Session) => Promise<T>) =>
    withSession(await bench.engine(), 'interactive', work);
  return {
    bench,
    read,
    state: () => read(readState),
    write: async (list) => {
      for (let index = list.length; index < count; index++) await rm(join(bench.dir, fileOf(index)));
      for (const [index, shape] of ordered(list).entries())
        await writeFile(join(bench.dir, fileOf(index)), textOf(shape, index));
      count = list.length;
      await bench.client.call('project.open', { dir: bench.dir });
    },
  };
}

/** The same models, each reading only some before it. */
export function ordered(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.map((shape, index) => ({
    ...shape,
    parents: [...new Set(shape.parents.filter((parent) => parent < index))],
  }));
}

const fileOf = (index: number) => `models/a/m${index}.sql`;
