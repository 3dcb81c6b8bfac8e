// Small cases written by hand: what SQLMesh would have recorded, and what the deviations make of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readDeviations } from './rules/apply-rules';
import { createEvaluator, NotComputable } from './rules/evaluator';
import { expectStep, newProgress } from './runner/expect-step';
import type { Command, Expect, Options, PlanFacts } from './runner/format';
import { rowDifferences, rowText } from './runner/row-differences';
import { type OpenedDatabase, openDatabase, type Rows, readRows, text } from './runner/rows';

export interface MiniStep {
  /** files written before the step */
  readonly files?: Readonly<Record<string, string>>;
  readonly command: Command;
  readonly options?: Options;
  /** as in a case, but `tables` holds queries that give the recorded rows; the same text means the same rows */
  readonly expect: Expect;
}

/** What a step must give, and what that was worked out from. */
export type MiniResult = Awaited<ReturnType<typeof expectStep>>;

export interface MiniCase {
  readonly results: readonly MiniResult[];
  readonly last: MiniResult;
  /** what differs between the expected rows of a relation after the last step and those of a query */
  differ(relation: string, query: string): Promise<string[]>;
}

/** Works out what Teal must give in each of the steps. */
export async function miniCase(steps: readonly MiniStep[]): Promise<MiniCase> {
  const dir = mkdtempSync(join(tmpdir(), 'teal-mini-'));
  const project = join(dir, 'project');
  const database = await openDatabase(':memory:', project);
  onTestFinished(() => {
    database.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const evaluator = createEvaluator(database.connection, async (model) => {
    throw new NotComputable(`${model} has a macro`);
  });
  const progress = newProgress();
  const results: MiniResult[] = [];
  for (const [index, { files = {}, command, options = {}, expect }] of steps.entries()) {
    for (const [path, content] of Object.entries(files)) write(join(project, path), content);
    const tables = await writeTables(database, dir, expect.tables ?? {});
    const relations = expect.relations ?? Object.fromEntries(Object.keys(tables).map((name) => [name, 'A']));
    const step = {
      ...{ number: index + 1, name: '', remove: [], command, options, unknown: [] },
      expect: { ...expect, tables, relations },
    };
    results.push(
      await expectStep(
        { given: { name: 'mini', dir }, step, project, evaluator },
        progress,
        readDeviations(),
      ),
    );
  }
  const last = results.at(-1);
  if (!last) throw new Error('A case has a step.');
  const differ = async (relation: string, query: string) => {
    const expected = last.expected.tables[relation];
    return expected ? rowDifferences(expected, await readRows(database.connection, query)) : ['not judged'];
  };
  return { results, last, differ };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const written = new WeakMap<OpenedDatabase, Map<string, string>>();

async function writeTables(
  database: OpenedDatabase,
  dir: string,
  queries: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const known = written.get(database) ?? new Map<string, string>();
  written.set(database, known);
  const tables: Record<string, string> = {};
  for (const [relation, query] of Object.entries(queries)) {
    const key = `${relation.split('.')[1]} ${query}`;
    const path = known.get(key) ?? `rows-${known.size + 1}.parquet`;
    if (!known.has(key))
      await database.connection.run(`COPY (${query}) TO ${text(join(dir, path))} (FORMAT parquet)`);
    known.set(key, path);
    tables[relation] = path;
  }
  return tables;
}

/** A plan's facts, of which most are empty. */
export function planFacts(facts: Partial<PlanFacts>): PlanFacts {
  return {
    new_environment: false,
    added: [],
    removed: [],
    directly_modified: {},
    indirectly_modified: {},
    metadata_updated: {},
    restatements: {},
    missing_intervals: {},
    ...facts,
  };
}

/** The moment of a day of January 2024. */
export const day = (number: number): string => `2024-01-${String(number).padStart(2, '0')} 00:00:00`;

/** The rows of a relation on a line each, in order. */
export function lines(rows: Rows | undefined): string[] {
  return (rows?.rows ?? []).map(rowText).sort();
}
