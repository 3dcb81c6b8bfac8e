import { onTestFinished } from 'vitest';
import type { Row } from '../../shared/base/rows';
import { withSession } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { type Bench, joinWarehouse } from './projects';

export interface Readers {
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
  const loop = () =>
    withSession(engine, 'background', async (session) => {
      while (going) {
        const rows = await session.rows(authored(query));
        seen.set(JSON.stringify(rows), rows[0] ?? {});
        reads++;
      }
    });
  const loops = Promise.allSettled(Array.from({ length: count }, loop));
  return {
    stop: async () => {
      going = false;
      for (const loop of await loops) if (loop.status === 'rejected') throw loop.reason;
      await engine.close();
      return { seen: [...seen.values()], reads };
    },
  };
}
