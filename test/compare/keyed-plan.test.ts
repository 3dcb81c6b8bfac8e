import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { diffCounts, storeKeyedDiff } from '../../shared/compare/statements';
import { type Engine, withSession } from '../../shared/engine/contract';
import { authored, sql } from '../../shared/sql/sql';

const ROWS = 50_000;
const common = [
  { name: 'id', old: 'INTEGER', new: 'INTEGER' },
  { name: 'amount', old: 'INTEGER', new: 'INTEGER' },
  { name: 'share', old: 'DOUBLE', new: 'DOUBLE' },
];
const work = {
  table: 'd',
  old: authored('old_rows'),
  new: authored('new_rows'),
  common,
  key: ['id'],
  where: sql`true`,
  partitionColumn: null,
  unit: 'none' as const,
};

let engine: Engine;

beforeAll(async () => {
  engine = await openNativeEngine({ path: ':memory:', allowedDirectories: [] });
  await withSession(engine, 'writer', (session) =>
    session.run(sql`
      CREATE SCHEMA teal_diff;
      CREATE TABLE old_rows AS SELECT i::INTEGER AS id, i::INTEGER AS amount, i::DOUBLE AS share FROM range(${ROWS}) r(i);
      CREATE TABLE new_rows AS SELECT (i + 10)::INTEGER AS id, (i + 11)::INTEGER AS amount, i::DOUBLE AS share FROM range(${ROWS}) r(i)`),
  );
});

afterAll(() => engine.close());

test('no step of a keyed comparison tries every pair of rows', async () => {
  const plan = await withSession(engine, 'interactive', (session) =>
    session.rows(sql`EXPLAIN ${storeKeyedDiff(work)}`),
  );
  const text = plan.map((row) => Object.values(row).join('\n')).join('\n');
  expect(text).toContain('HASH_JOIN');
  expect(text).not.toMatch(/NESTED_LOOP_JOIN|BLOCKWISE_NL_JOIN|CROSS_PRODUCT/);
});

test('with every row changed, some added and some removed, all are stored with both sides', async () => {
  const counts = await withSession(engine, 'writer', async (session) => {
    await session.run(storeKeyedDiff(work));
    return session.rows(diffCounts('d', common, ['id']));
  });
  expect(counts).toEqual([
    {
      part: null,
      added: '10',
      removed: '10',
      changed: String(ROWS - 10),
      c0: String(ROWS - 10),
      c1: String(ROWS - 10),
    },
  ]);
  const sides = await withSession(engine, 'interactive', (session) =>
    session.rows(
      sql`SELECT kind, count(old_id)::INTEGER AS o, count(new_id)::INTEGER AS n FROM teal_diff.d GROUP BY kind ORDER BY kind`,
    ),
  );
  expect(sides).toEqual([
    { kind: 'added', o: 0, n: 10 },
    { kind: 'changed', o: ROWS - 10, n: ROWS - 10 },
    { kind: 'removed', o: 10, n: 0 },
  ]);
});
