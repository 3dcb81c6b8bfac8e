import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../shared/plan/types';
import type { ModelKind } from '../../../shared/project/model';
import { type Fill, historyByColumn, historyByTime, kinds, openFillBench, sorted } from './bench';

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly keys: readonly string[];
  readonly hard?: boolean;
  readonly as_valid_from?: boolean;
  readonly columns?: readonly string[] | null;
  readonly updated_at?: boolean;
  readonly steps: readonly {
    readonly query: string;
    readonly time: string;
    readonly rows: readonly (readonly (string | null)[])[];
  }[];
}

const cases = JSON.parse(
  readFileSync(new URL('recorded/histories.json', import.meta.url), 'utf8'),
) as readonly Case[];

function kindOf(one: Case): ModelKind {
  const invalidateHardDeletes = one.hard ?? false;
  if (one.kind === 'INCREMENTAL_BY_PARTITION') return kinds.partition;
  if (one.kind === 'INCREMENTAL_BY_UNIQUE_KEY') return kinds.keyed(one.keys);
  if (one.kind === 'SCD_TYPE_2_BY_TIME')
    return historyByTime(one.keys, {
      invalidateHardDeletes,
      updatedAtAsValidFrom: one.as_valid_from ?? false,
    });
  return historyByColumn(one.keys, {
    invalidateHardDeletes,
    executionTimeAsValidFrom: one.as_valid_from ?? false,
    columns: one.columns ?? null,
    updatedAt: one.updated_at ? 'at' : null,
  });
}

type Mode = (version: number) => Target;

const modes: Readonly<Record<string, Mode>> = {
  'a tail': (version) =>
    version === 1 ? { mode: 'new', table: 't1', number: 1 } : { mode: 'tail', table: 't1', number: version },
  'copies with numbers': (version) =>
    version === 1
      ? { mode: 'new', table: 't1', number: 1 }
      : { mode: 'copy', table: `t${version}`, number: 1, from: version - 1 },
  'plain copies': (version) =>
    version === 1
      ? { mode: 'new', table: 't1', number: null }
      : { mode: 'copy', table: `t${version}`, number: null, from: version - 1 },
};

const names = [...new Set(cases.map((one) => one.kind))];

describe.each(Object.entries(modes))('written into %s', (_, target) => {
  it.each(names)('%s has the rows of SQLMesh at every version', async (name) => {
    const bench = await openFillBench();
    for (const [number, one] of cases.filter(({ kind }) => kind === name).entries()) {
      const model = `shop.case_${number}`;
      for (const [index, step] of one.steps.entries()) {
        const goal = target(index + 1);
        const fill: Fill = {
          model,
          kind: kindOf(one),
          partitionedBy: one.keys,
          query: step.query,
          version: index + 1,
          target: { ...goal, table: `case_${number}_${goal.table}` },
        };
        await bench.fill([fill], { executionTime: Date.parse(`${step.time.replace(' ', 'T')}Z`) });
        for (let past = 0; past <= index; past++)
          expect(await bench.version(past + 1, model), `${one.name}, version ${past + 1}`).toEqual(
            sorted(one.steps[past]?.rows ?? []),
          );
      }
    }
  });
});
