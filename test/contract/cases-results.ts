import { EngineFault } from '../../shared/engine/contract';
import { authored, sql } from '../../shared/sql/sql';
import { codeOf, endless, failureOf, firstValue } from './support';
import type { ContractCase } from './types';

/** What statements give back: counts, pages, columns, errors. */
export const resultCases: readonly ContractCase[] = [
  {
    name: 'run gives the number of rows that the last statement changed',
    async run(engine, expect) {
      const session = await engine.session('writer');
      const counts: number[] = [];
      for (const text of [
        'CREATE TABLE t AS SELECT range AS i FROM range(10)',
        'INSERT INTO t VALUES (20), (21)',
        'UPDATE t SET i = 1 WHERE i < 3',
        'DELETE FROM t WHERE i > 19; DELETE FROM t WHERE i = 9',
        'CREATE VIEW v AS SELECT 1 AS a',
        '',
        '-- nothing but words',
      ]) {
        counts.push(await session.run(authored(text)));
      }
      expect(counts).toEqual([10, 2, 3, 1, 0, 0, 0]);
    },
  },
  {
    name: 'equal column names are told apart',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const query = sql`SELECT 1 AS a, 2 AS a, 3 AS b, 4 AS a`;
      expect(await session.rows(query)).toEqual([{ a: 1, a_1: 2, b: 3, a_2: 4 }]);
    },
  },
  {
    name: 'describe names columns and types without running the query',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      expect(
        await session.describe(
          sql`SELECT 1 AS a, 1.50 AS b, error('ran')::INTEGER AS c, [DATE '2025-01-01'] AS d`,
        ),
      ).toEqual([
        { name: 'a', type: 'INTEGER' },
        { name: 'b', type: 'DECIMAL(3,2)' },
        { name: 'c', type: 'INTEGER' },
        { name: 'd', type: 'DATE[]' },
      ]);
      expect(await codeOf(session.describe(sql`SELECT 1; SELECT 2`))).toEqual('engine.sql');
    },
  },
  {
    name: 'a big result comes in pages of the asked size',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const sizes = new Set<number>();
      let rows = 0;
      let sum = 0;
      for await (const page of session.pages(sql`SELECT range::INTEGER AS i FROM range(1000000)`, {
        size: 1000,
      })) {
        sizes.add(page.rows.length);
        rows += page.rows.length;
        for (const [value] of page.rows) sum += Number(value);
      }
      expect([rows, sum, [...sizes]]).toEqual([1_000_000, 499_999_500_000, [1000]]);
    },
  },
  {
    name: 'the last page holds what is left, and no rows are one empty page with columns',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const sizes: number[] = [];
      for await (const page of session.pages(sql`SELECT 1 FROM range(5000)`, { size: 1500 }))
        sizes.push(page.rows.length);
      expect(sizes).toEqual([1500, 1500, 1500, 500]);
      const empty: unknown[] = [];
      for await (const page of session.pages(sql`SELECT 1 AS a WHERE false`)) empty.push(page);
      expect(empty).toEqual([{ columns: [{ name: 'a', type: 'INTEGER' }], rows: [] }]);
    },
  },
  {
    name: 'leaving the pages early frees the session',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      let seen = 0;
      for await (const page of session.pages(sql`SELECT range FROM range(100000000)`, { size: 100 })) {
        seen += page.rows.length;
        if (seen >= 300) break;
      }
      expect([seen, await firstValue(session, 'SELECT 42')]).toEqual([300, 42]);
    },
  },
  {
    name: 'a statement inside a loop over pages of its own session fails at once',
    async run(engine, expect) {
      const session = await engine.session('writer');
      const nested = async () => {
        for await (const page of session.pages(sql`SELECT range FROM range(100000)`)) {
          if (page.rows.length > 0) await session.rows(sql`SELECT 1`);
        }
      };
      expect((await failureOf(nested())) instanceof Error).toEqual(true);
      expect((await failureOf(session.transaction(nested))) instanceof Error).toEqual(true);
      expect(await firstValue(session, 'SELECT 1')).toEqual(1);
    },
  },
  {
    name: 'pages show one moment, whatever is committed while they are read',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const writer = await engine.session('writer');
      const reader = await engine.session('interactive');
      await writer.run(sql`CREATE TABLE t AS SELECT range AS i FROM range(200000)`);
      let rows = 0;
      for await (const page of reader.pages(sql`SELECT i FROM t`)) {
        if (rows === 0) await writer.run(sql`DELETE FROM t WHERE i % 2 = 0`);
        rows += page.rows.length;
      }
      expect([rows, await firstValue(reader, 'SELECT count(*) FROM t')]).toEqual([200_000, '100000']);
    },
  },
  {
    name: 'a failure while pages are read is a fault, and the session goes on',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const read = async () => {
        for await (const page of session.pages(sql`SELECT ('a' || range)::INTEGER AS i FROM range(10)`))
          void page;
      };
      expect(await codeOf(read())).toEqual('engine.sql');
      expect(await firstValue(session, 'SELECT 1')).toEqual(1);
    },
  },
  {
    name: 'errors say what, where and what was meant',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const places: unknown[] = [];
      for (const text of [
        "SELECT '🐎é', amuont FROM (SELECT 1 AS amount)",
        "SELECT '🐎é'; SELEC 1",
        'SELECT 1; SELECT * FROM nowhere',
      ]) {
        const failure = await failureOf(session.run(authored(text)));
        if (failure instanceof EngineFault)
          places.push([failure.problem.code, text.slice(failure.detail.position)]);
      }
      expect(places).toEqual([
        ['engine.sql', 'amuont FROM (SELECT 1 AS amount)'],
        ['engine.sql', 'SELEC 1'],
        ['engine.sql', 'nowhere'],
      ]);
      for (const text of ['SELECT 1\nORDER BYY a', 'SELECT 1, amuont FROM (SELECT 1 AS amount)']) {
        const failure = await failureOf(session.describe(authored(text)));
        const at = failure instanceof EngineFault ? failure.detail.position : undefined;
        expect(text.slice(at)).toEqual(text.slice(text.search(/BYY|amuont/)));
      }
      const failure = await failureOf(session.rows(sql`SELECT amuont FROM (SELECT 1 AS amount)`));
      expect(failure instanceof EngineFault && failure.detail.candidates).toEqual('amount');
    },
  },
  {
    name: 'a statement cut short in its pages is cancelled',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const stop = new AbortController();
      const read = async () => {
        for await (const page of session.pages(sql`SELECT range FROM range(100000000)`, {
          signal: stop.signal,
        })) {
          if (page.rows.length > 0) stop.abort();
        }
      };
      expect(await codeOf(read())).toEqual('cancelled');
      expect(await codeOf(session.rows(endless, { signal: stop.signal }))).toEqual('cancelled');
      expect(await firstValue(session, 'SELECT 1')).toEqual(1);
    },
  },
];
