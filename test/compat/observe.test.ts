import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createEvaluator, NotComputable } from './rules/evaluator';
import { expectStep, newProgress } from './runner/expect-step';
import { findCases, readCase } from './runner/format';
import { type Expectation, judge, type State } from './runner/judge';
import { readWarehouse } from './runner/observe';
import { openDatabase } from './runner/rows';

const CASES = join(import.meta.dirname, 'cases');

function createScratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'teal-observe-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function projectWith(statements: readonly string[]): Promise<string> {
  const dir = createScratch();
  mkdirSync(join(dir, '.teal'));
  writeFileSync(join(dir, 'raw.csv'), 'n\n1\n2\n');
  const database = await openDatabase(join(dir, '.teal/warehouse.duckdb'), dir);
  for (const statement of statements) await database.connection.run(statement);
  database.close();
  return dir;
}

it('the virtual layer is every view outside the schemas of Teal, and views over raw files are read', async () => {
  const schemas = ['teal', 'teal_data', 'teal_diff', 'raw', 'mart', 'mart__dev'];
  const project = await projectWith([
    ...schemas.map((schema) => `CREATE SCHEMA ${schema}`),
    ...schemas.map((schema) => `CREATE VIEW ${schema}."Some View" AS SELECT n FROM read_csv('raw.csv')`),
    'CREATE TABLE mart.base AS SELECT 1',
  ]);
  const { relations, tables } = await readWarehouse(
    project,
    ['mart.some view', 'mart.none'],
    new Set(['mart']),
  );
  expect(relations).toEqual(['mart.some view', 'mart__dev.some view']);
  expect(tables['mart.some view']).toEqual({
    columns: [['n', 'integer']],
    rows: [['integer 1'], ['integer 2']],
    wide: [],
  });
  expect(tables['mart.none']).toMatch(/does not exist/);
  const withRaw = await readWarehouse(project, [], new Set(['mart', 'raw']));
  expect(withRaw.relations).toContain('raw.some view');
});

it('without a warehouse there is nothing, and one that is none says so', async () => {
  const project = createScratch();
  expect(await readWarehouse(project, ['a.b'], new Set())).toEqual({ relations: [], tables: {} });
  mkdirSync(join(project, '.teal'));
  writeFileSync(join(project, '.teal/warehouse.duckdb'), 'no database'.repeat(500));
  const { relations, tables } = await readWarehouse(project, ['a.b'], new Set());
  expect(relations).toMatch(/^the warehouse can't be opened: /);
  expect(tables['a.b']).toBe(relations);
});

/** What the command line would print where all is as expected. */
function documentOf({
  ok,
  outcome,
  plan,
  executed,
  tests,
  audits,
  failure,
}: Expectation): Record<string, unknown> {
  return {
    ...{ ok, outcome, executed, tests: tests ?? null },
    decision: plan
      ? {
          newEnvironment: plan.new_environment,
          added: plan.added,
          removed: plan.removed,
          directlyModified: plan.directly_modified,
          indirectlyModified: plan.indirectly_modified,
          metadataUpdated: plan.metadata_updated,
          forwardOnly: plan.forward_only ?? [],
          restatements: plan.restatements,
          missingIntervals: plan.missing_intervals,
        }
      : null,
    audits: audits.map(({ failed_rows, ...row }) => ({ ...row, failedRows: failed_rows })),
    failure: failure
      ? { stage: failure.stage, models: failure.models, skippedModels: failure.skipped_models }
      : null,
  };
}

it.each(findCases(CASES, []))(
  '%s: what SQLMesh gave, in the words of the command line, passes every step',
  async (name) => {
    const given = readCase(join(CASES, name), name);
    const database = await openDatabase(':memory:', given.dir);
    onTestFinished(() => database.close());
    const evaluator = createEvaluator(database.connection, async () => {
      throw new NotComputable('a macro');
    });
    const progress = newProgress();
    let before: State = {};
    for (const step of given.steps) {
      const work = { given, step, project: join(given.dir, 'project'), evaluator };
      const { expected, open } = await expectStep(work, progress, []);
      const after = progress.world.recorded.intervals;
      const { relations, tables } = expected;
      const code = expected.ok ? 0 : 1;
      const seen = {
        code,
        document: documentOf(expected),
        complaint: null,
        before,
        after,
        relations,
        tables,
      };
      const found = judge(step, expected, seen).flatMap(({ key, differences }) =>
        differences.map((line) => `${key} ${line}`),
      );
      expect([...open, ...found]).toEqual([]);
      before = after;
    }
  },
);
