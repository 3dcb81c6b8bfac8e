import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import type { Engine, Session } from '../../shared/engine/contract';
import { expandMacros, type MacroContext } from '../../shared/project/macros';
import { authored, id, join, sql } from '../../shared/sql/sql';

interface Case {
  readonly name: string;
  readonly sql: string;
  readonly definitions?: readonly string[];
  readonly blueprint?: Readonly<Record<string, string>>;
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly (string | null)[])[];
}

interface Recorded {
  readonly setup: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
}

/** What SQLMesh 0.236.4 rendered and DuckDB 1.5.6 made of it, with every value as text. */
const recorded: Recorded = JSON.parse(
  readFileSync(new URL('../fixtures/macros.json', import.meta.url), 'utf8'),
);
const columns = new Map<string, readonly { name: string; type: string }[]>();
let engine: Engine;
let session: Session;

beforeAll(async () => {
  engine = await openNativeEngine({ path: ':memory:', allowedDirectories: [] });
  session = await engine.session('writer');
  for (const statement of recorded.setup) await session.run(authored(statement));
  for (const table of ['sales', 'returns'])
    columns.set(`s.${table}`, await session.describe(sql`SELECT * FROM ${id('s', table)}`));
});

afterAll(async () => {
  await session.release();
  await engine.close();
});

function contextOf({ definitions = [], blueprint = {} }: Case): MacroContext {
  return {
    start: Date.UTC(2025, 0, 1),
    end: Date.UTC(2025, 0, 3),
    executionTime: Date.UTC(2025, 0, 3, 6, 30),
    variables: recorded.variables,
    values: { this_model: '"s"."m"' },
    stage: 'evaluating',
    definitions,
    blueprint,
    columnsOf: (table) => columns.get(table),
  };
}

describe('macros give the columns, types and rows that SQLMesh gives', () => {
  it.each(recorded.cases)('$name', async (one) => {
    const expanded = expandMacros(one.sql, contextOf(one));
    if (!expanded.ok) throw new Error(expanded.problem.message);
    const query = authored(expanded.value.text);
    const described = await session.describe(query);
    expect(described.map(({ name, type }) => [name, type])).toEqual(one.columns);
    const texts = join(described.map(({ name }, index) => sql`${id(name)}::VARCHAR AS ${id(`c${index}`)}`));
    const rows = await session.rows(sql`SELECT ${texts} FROM (${query}\n) AS q`);
    expect(rows.map((row) => JSON.stringify(Object.values(row))).toSorted()).toEqual(
      one.rows.map((row) => JSON.stringify(row)).toSorted(),
    );
  });
});
