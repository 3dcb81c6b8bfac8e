import { type Engine, type Session, withSession } from '../../shared/engine/contract';
import { authored, id, sql } from '../../shared/sql/sql';
import { codeOf, createGate, endless, failureOf, firstValue } from './support';
import type { ContractCase } from './types';

/** Transactions, isolation, and names that point elsewhere. */
export const transactionCases: readonly ContractCase[] = [
  {
    name: 'a transaction commits all or, when its work throws, nothing',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const given = await session.transaction(async () => session.run(sql`INSERT INTO t VALUES (1), (2)`));
      const reason = new Error('not like that');
      const failure = await failureOf(
        session.transaction(async () => {
          await session.run(sql`INSERT INTO t VALUES (3)`);
          throw reason;
        }),
      );
      expect([given, failure === reason, await count(session)]).toEqual([2, true, '2']);
    },
  },
  {
    name: 'readers see what was committed, not what is under way',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const writer = await emptyTable(engine);
      const reader = await engine.session('interactive');
      const seen: unknown[] = [];
      await writer.transaction(async () => {
        await writer.run(sql`INSERT INTO t VALUES (1)`);
        seen.push(await count(reader), await count(writer));
      });
      seen.push(await count(reader));
      expect(seen).toEqual(['0', '1', '1']);
    },
  },
  {
    name: 'a reading transaction keeps its moment',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const writer = await emptyTable(engine);
      const reader = await engine.session('background');
      const seen = await reader.transaction(async () => {
        const before = await count(reader);
        await writer.run(sql`INSERT INTO t VALUES (1)`);
        return [before, await count(reader)];
      });
      expect([...seen, await count(reader)]).toEqual(['0', '0', '1']);
    },
  },
  {
    name: 'a cancel inside a transaction rolls all of it back',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const stop = new AbortController();
      const work = session.transaction(
        async () => {
          await session.run(sql`INSERT INTO t VALUES (1)`);
          const running = session.rows(endless);
          stop.abort();
          await running;
        },
        { signal: stop.signal },
      );
      expect([await codeOf(work), await count(session)]).toEqual(['cancelled', '0']);
    },
  },
  {
    name: 'a cancel after the last statement still keeps the commit from happening',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const stop = new AbortController();
      const work = session.transaction(
        async () => {
          await session.run(sql`INSERT INTO t VALUES (1)`);
          stop.abort();
        },
        { signal: stop.signal },
      );
      expect([await codeOf(work), await count(session)]).toEqual(['cancelled', '0']);
    },
  },
  {
    name: 'a failed statement that work passes over cannot become a hollow commit',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const work = session.transaction(async () => {
        await session.run(sql`INSERT INTO t VALUES (1)`);
        await failureOf(session.run(sql`INSERT INTO t VALUES (2), (2)`));
      });
      expect([await codeOf(work), await count(session)]).toEqual(['engine.sql', '0']);
    },
  },
  {
    name: 'work may call for a rollback of one statement and go on in a new transaction',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const insert = (values: string) =>
        session.transaction(() => session.run(authored(`INSERT INTO t VALUES ${values}`)));
      expect(await codeOf(insert('(1), (1)'))).toEqual('engine.sql');
      await insert('(1)');
      expect(await count(session)).toEqual('1');
    },
  },
  {
    name: 'transactions do not nest',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      const inner = session.transaction(async () => {
        await session.run(sql`INSERT INTO t VALUES (1)`);
        await session.transaction(async () => undefined);
      });
      expect([(await failureOf(inner)) instanceof Error, await count(session)]).toEqual([true, '0']);
    },
  },
  {
    name: 'a transaction that never began leaves the session as it was',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      await session.run(sql`CREATE SCHEMA side; USE side`);
      const stop = new AbortController();
      stop.abort();
      const work = session.transaction(() => session.run(sql`SELECT 1`), { signal: stop.signal });
      expect([await codeOf(work), await firstValue(session, 'SELECT current_schema()')]).toEqual([
        'cancelled',
        'side',
      ]);
    },
  },
  {
    name: 'two writers of one row are a conflict for the second',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const first = await emptyTable(engine);
      const second = await engine.session('background');
      await first.run(sql`INSERT INTO t VALUES (1)`);
      const code = await first.transaction(async () => {
        await first.run(sql`UPDATE t SET i = 10`);
        return codeOf(second.transaction(() => second.run(sql`UPDATE t SET i = 20`)));
      });
      expect([code, await firstValue(second, 'SELECT i FROM t')]).toEqual(['engine.conflict', 10]);
    },
  },
  {
    name: 'a commit that fails ends its transaction, and others go on and make tables',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const first = await emptyTable(engine);
      const second = await engine.session('background');
      const code = await codeOf(
        first.transaction(async () => {
          await first.run(sql`INSERT INTO t VALUES (1)`);
          await second.transaction(() => second.run(sql`INSERT INTO t VALUES (1)`));
        }),
      );
      await second.run(sql`CREATE TABLE u AS SELECT 1 AS i`);
      expect([code !== null, await count(second), await firstValue(first, 'SELECT i FROM u')]).toEqual([
        true,
        '1',
        1,
      ]);
    },
  },
  {
    name: 'leaving pages early inside a transaction keeps the transaction',
    async run(engine, expect) {
      const session = await emptyTable(engine);
      await session.transaction(async () => {
        await session.run(sql`INSERT INTO t VALUES (1)`);
        for await (const page of session.pages(sql`SELECT range FROM range(100000)`))
          if (page.rows.length > 0) break;
        await session.run(sql`INSERT INTO t VALUES (2)`);
      });
      expect(await count(session)).toEqual('2');
    },
  },
  {
    name: 'a catalog in memory shadows names, and its rows go into the warehouse in one transaction',
    async run(engine, expect) {
      const { catalog } = engine.info;
      const session = await engine.session('writer');
      await session.run(
        sql`CREATE SCHEMA mart; CREATE TABLE mart.sales__2 AS SELECT 7 AS amount; CREATE TABLE target (a INTEGER)`,
      );
      await session.run(sql`CREATE VIEW mart.sales AS SELECT 1 AS amount`);
      await session.run(sql`ATTACH ':memory:' AS names; CREATE SCHEMA names.mart`);
      const version = id(catalog, 'mart', 'sales__2');
      await session.run(sql`CREATE VIEW names.mart.sales AS SELECT amount FROM ${version}; USE names.main`);
      await session.transaction(async () => {
        await session.run(sql`INSERT INTO ${id(catalog, 'main', 'target')} SELECT amount FROM mart.sales`);
      });
      await session.release();
      const next = await engine.session('interactive');
      expect([
        await firstValue(next, 'SELECT a FROM target'),
        await firstValue(next, 'SELECT amount FROM mart.sales'),
      ]).toEqual([7, 1]);
    },
  },
  {
    name: 'views replaced in one transaction are seen whole or not at all',
    needs: ['multiViewAtomic', 'concurrentReads'],
    async run(engine, expect) {
      const names = Array.from({ length: 10 }, (_, index) => `v${index}`);
      const replace = (version: number) =>
        names.map((name) => `CREATE OR REPLACE VIEW ${name} AS SELECT ${version} AS n;`).join(' ');
      const query = authored(
        `SELECT count(DISTINCT n) AS kinds FROM (${names.map((name) => `FROM ${name}`).join(' UNION ALL ')})`,
      );
      const writer = await engine.session('writer');
      await writer.run(authored(replace(0)));
      const done = createGate();
      let swapping = true;
      const reading = withSession(engine, 'interactive', async (reader) => {
        const kinds = new Set<unknown>();
        while (swapping) {
          for (const row of await reader.rows(query)) kinds.add(row.kinds);
          done.open();
        }
        return [...kinds];
      });
      await done.opened;
      for (let version = 1; version <= 50; version += 1) {
        await writer.transaction(() => writer.run(authored(replace(version))));
      }
      swapping = false;
      expect(await reading).toEqual(['1']);
    },
  },
];

async function emptyTable(engine: Engine): Promise<Session> {
  const session = await engine.session('writer');
  await session.run(sql`CREATE TABLE t (i INTEGER PRIMARY KEY)`);
  return session;
}

function count(session: Session): Promise<unknown> {
  return firstValue(session, 'SELECT count(*) FROM t');
}
