import { withSession } from '../../shared/engine/contract';
import { authored, id, sql } from '../../shared/sql/sql';
import { codeOf, endless, failureOf, firstValue } from './support';
import type { ContractCase } from './types';

/** Lanes, cancelling, releasing, closing. */
export const sessionCases: readonly ContractCase[] = [
  {
    name: 'writers wait for each other in the order they came',
    async run(engine, expect) {
      const order: string[] = [];
      const first = await engine.session('writer');
      const waiting = ['a', 'b', 'c'].map((name) =>
        withSession(engine, 'writer', async () => {
          order.push(name);
        }),
      );
      order.push('first');
      await first.release();
      await Promise.all(waiting);
      expect(order).toEqual(['first', 'a', 'b', 'c']);
    },
  },
  {
    name: 'an interactive read ends while writer and background work',
    needs: ['concurrentReads'],
    async run(engine, expect) {
      const stop = new AbortController();
      const lanes = ['writer', 'background'] as const;
      const busy = lanes.map((lane) =>
        codeOf(withSession(engine, lane, (session) => session.rows(endless, { signal: stop.signal }))),
      );
      const read = await withSession(engine, 'interactive', (session) =>
        firstValue(session, 'SELECT sum(i) FROM range(1000) t(i)'),
      );
      stop.abort();
      expect([read, await Promise.all(busy)]).toEqual(['499500', ['cancelled', 'cancelled']]);
    },
  },
  {
    name: 'a cancelled statement ends soon and its session goes on',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      for (let round = 0; round < 5; round += 1) {
        const stop = new AbortController();
        const started = Date.now();
        const running = codeOf(session.rows(endless, { signal: stop.signal }));
        stop.abort();
        expect([await running, Date.now() - started < 2000]).toEqual(['cancelled', true]);
        expect(await firstValue(session, 'SELECT 1')).toEqual(1);
      }
    },
  },
  {
    name: 'a cancel between the statements of a text runs none of the rest',
    async run(engine, expect) {
      const session = await engine.session('writer');
      const stop = new AbortController();
      const text = authored(`CREATE TABLE t (i INTEGER); ${endless.text}; INSERT INTO t VALUES (1)`);
      const running = codeOf(session.run(text, { signal: stop.signal }));
      while ((await existing(engine)) === '0') void 0;
      stop.abort();
      expect([await running, await firstValue(session, 'SELECT count(*) FROM t')]).toEqual([
        'cancelled',
        '0',
      ]);
    },
    needs: ['concurrentReads'],
  },
  {
    name: 'a cancelled wait for a lane leaves the queue whole',
    async run(engine, expect) {
      const stop = new AbortController();
      const first = await engine.session('writer');
      const givenUp = codeOf(engine.session('writer', { signal: stop.signal }));
      const next = engine.session('writer');
      stop.abort();
      expect(await givenUp).toEqual('cancelled');
      await first.release();
      expect(await firstValue(await next, 'SELECT 1')).toEqual(1);
    },
  },
  {
    name: 'calls of one session run one after the other',
    async run(engine, expect) {
      const session = await engine.session('writer');
      await Promise.all([
        session.run(sql`CREATE TABLE t (i INTEGER)`),
        session.run(sql`INSERT INTO t SELECT 1 FROM range(100000)`),
        session.run(sql`INSERT INTO t SELECT count(*) FROM t`),
      ]);
      expect(await firstValue(session, 'SELECT max(i) FROM t')).toEqual(100_000);
    },
  },
  {
    name: 'release rolls back, resets the search path and forgets temporary tables',
    async run(engine, expect) {
      const first = await engine.session('writer');
      await first.run(
        sql`CREATE TABLE t (i INTEGER); CREATE SCHEMA side; CREATE TEMP TABLE scratch AS SELECT 1`,
      );
      await first.run(sql`USE ${id(engine.info.catalog, 'side')}; BEGIN; INSERT INTO main.t VALUES (1)`);
      await first.release();
      const second = await engine.session('writer');
      expect(await second.rows(sql`SELECT current_catalog() AS c, current_schema() AS s`)).toEqual([
        { c: engine.info.catalog, s: 'main' },
      ]);
      expect(await firstValue(second, 'SELECT count(*) FROM t')).toEqual('0');
      expect(await codeOf(second.run(sql`FROM scratch`))).toEqual('engine.sql');
    },
  },
  {
    name: 'a released session refuses work, and releasing twice is harmless',
    async run(engine, expect) {
      const session = await engine.session('writer');
      await session.release();
      await session.release();
      expect(await codeOf(session.run(sql`SELECT 1`))).toEqual('cancelled');
      expect(await withSession(engine, 'writer', (next) => firstValue(next, 'SELECT 1'))).toEqual(1);
    },
  },
  {
    name: 'release while pages are half read lets go of them',
    async run(engine, expect) {
      const session = await engine.session('interactive');
      const pages = session
        .pages(sql`SELECT range FROM range(100000000)`, { size: 4096 })
        [Symbol.asyncIterator]();
      await pages.next();
      await session.release();
      expect(await codeOf(pages.next())).toEqual('cancelled');
    },
  },
  {
    name: 'close interrupts what runs and turns away who waits',
    async run(engine, expect) {
      const session = await engine.session('writer');
      const running = codeOf(session.rows(endless));
      const waiting = codeOf(engine.session('writer'));
      await engine.close();
      expect(await Promise.all([running, waiting])).toEqual(['cancelled', 'cancelled']);
      expect((await failureOf(engine.session('interactive'))) === null).toEqual(false);
    },
  },
  {
    name: 'checkpoint and usage answer',
    async run(engine, expect) {
      await withSession(engine, 'writer', (session) =>
        session.run(sql`CREATE TABLE t AS SELECT range FROM range(100000)`),
      );
      await engine.checkpoint();
      const usage = await engine.usage();
      expect([
        usage.memoryBytes > 0,
        usage.memoryLimitBytes > usage.memoryBytes,
        usage.warehouseBytes >= 0,
      ]).toEqual([true, true, true]);
    },
  },
];

async function existing(engine: Parameters<ContractCase['run']>[0]): Promise<unknown> {
  return withSession(engine, 'interactive', (session) =>
    firstValue(session, 'SELECT count(*) FROM duckdb_tables()'),
  );
}
