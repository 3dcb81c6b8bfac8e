// The judge's own filling of tables agrees with SQLMesh wherever SQLMesh recorded what it filled.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createEvaluator, type Evaluator, NotComputable, type Source } from './rules/evaluator';
import type { ProjectModel } from './rules/project-models';
import { type Facts, foundFor, parentsIn, type Recorded, shownBy } from './rules/world';
import { expectStep, newProgress } from './runner/expect-step';
import { findCases, readCase } from './runner/format';
import { rowDifferences } from './runner/row-differences';
import { openDatabase, text } from './runner/rows';

const CASES = join(import.meta.dirname, 'cases');
const KINDS = [
  'full',
  'view',
  'incremental_by_time_range',
  'incremental_by_unique_key',
  'incremental_by_partition',
];
const filled: string[] = [];

afterAll(() => expect(filled.length).toBeGreaterThan(60));

/** The rows that a table had before a step, whichever relation showed it. */
function rowsBefore(
  model: ProjectModel,
  { environment, before, recorded, step }: Facts,
  sources: Sources,
): Source | null {
  const { kind, name } = model;
  if (step.expect.plan?.restatements[name] && kind !== 'incremental_by_time_range') return null;
  const label = recorded.relations[foundFor(recorded.relations, environment, name) ?? ''];
  const environments = Object.keys(recorded.intervals);
  const shown = Object.entries(before.recorded.relations).find(
    ([relation, old]) => shownBy(relation, environments).model === name && old === label,
  );
  return shown ? (sources(before.recorded)[shown[0]] ?? null) : null;
}

type Sources = (recorded: Recorded) => Record<string, Source>;

async function check(model: ProjectModel, facts: Facts, sources: Sources): Promise<string[]> {
  const { environment, recorded, before, models, evaluator, step } = facts;
  const now = sources(recorded);
  const parents = parentsIn(environment, now, models);
  let rows = rowsBefore(model, facts, sources);
  // Batches of a plan that failed are in a table that no relation showed yet.
  const begun = before.recorded.intervals[environment] === undefined && environment === 'prod';
  if (rows === null && begun && facts.plans.length > 1) return [];
  try {
    for (const span of step.expect.executed?.[model.name] ?? [])
      rows = await evaluator.apply({ model, span, parents, before: rows });
  } catch (error) {
    if (error instanceof NotComputable) return [];
    throw error;
  }
  const source = now[foundFor(now, environment, model.name) ?? ''];
  if (source === undefined || rows === null) return [];
  const lines = rowDifferences(await evaluator.rows(source), await evaluator.rows(rows));
  // A forward-only change of columns alters the table, which batches alone do not.
  if (lines[0]?.startsWith('columns')) return [];
  filled.push(model.name);
  return lines.map((line) => `step ${step.number} ${model.name}: ${line}`);
}

it.each(findCases(CASES, []))('%s', async (name) => {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-evaluator-'));
  const project = join(scratch, 'project');
  const database = await openDatabase(':memory:', project);
  onTestFinished(() => {
    database.close();
    rmSync(scratch, { recursive: true, force: true });
  });
  const given = readCase(join(CASES, name), name);
  cpSync(join(given.dir, 'project'), project, { recursive: true });
  const evaluator: Evaluator = createEvaluator(database.connection, async () => {
    throw new NotComputable('a macro');
  });
  const sources: Sources = ({ tables }) =>
    Object.fromEntries(
      Object.entries(tables).map(([key, path]) => [
        key,
        `SELECT * FROM read_parquet(${text(join(given.dir, path))})`,
      ]),
    );
  const progress = newProgress();
  for (const step of given.steps) {
    if (step.edit) cpSync(join(given.dir, step.edit), project, { recursive: true, force: true });
    for (const path of step.remove) rmSync(join(project, path));
    const before = progress.world;
    const { facts } = await expectStep({ given, step, project, evaluator }, progress, []);
    const models = step.expect.ok ? Object.keys(step.expect.executed ?? {}) : [];
    for (const model of models.flatMap((one) => facts.models.get(one) ?? []))
      if (KINDS.includes(model.kind)) expect(await check(model, { ...facts, before }, sources)).toEqual([]);
  }
});
