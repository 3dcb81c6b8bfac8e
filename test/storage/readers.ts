import { onTestFinished } from 'vitest';
import type { Row } from '../../shared/base/rows';
import { withSession } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { type Bench, joinWarehouse } from './projects';

export interface Readers {
  /** waits until every reader has begun and ended a read from now on */
  settle(): Promise<void>;
  /** stops reading and gives every different row that was seen, in the order of its first sight */
  stop(): Promise<{ readonly seen: readonly Row[]; readonly reads: number }>;
}

/** Reads one row over and over from connections of their own until it is stopped. A read that fails fails `stop`. */
export async function startReaders(bench: Bench, query: string, count = 2): Promise<Readers> {
  const engine = await joinWarehouse(bench.dir);
  onTestFinished(() => engine.close());
  const seen = new Map<string, Row>();
  let reads = 0;
  let going = true;
  const waiting = new Set<{ left: number; done: () => void }>();
  const ended = () => {
    reads++;
    for (const wait of waiting) if (--wait.left === 0) wait.done();
  };
  // A read may be under way: with so many ended, each reader has begun one since.
  const settle = () => new Promise<void>((done) => waiting.add({ left: count * 4, done }));
  const loop = () =>
    withSession(engine, 'background', async (session) => {
      while (going) {
        const rows = await session.rows(authored(query));
        seen.set(JSON.stringify(rows), rows[0] ?? {});
        ended();
      }
    });
  const loops = Promise.allSettled(Array.from({ length: count }, loop));
  return {
    settle: () => Promise.race([settle(), loops.then(() => undefined)]),
    stop: async () => {
      await Promise.race([settle(), loops]);
      going = false;
      for (const loop of await loops) if (loop.status === 'rejected') throw loop.reason;
      await engine.close();
      return { seen: [...seen.values()], reads };
    },
  };
}
