// A backfill that is killed at any instant goes on where it was, and ends as if nothing had happened.
import { cpSync, watch } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFix, BRIEF, checksums, createSample, NOW, type Sample } from '../cli/sushi';
import { createFolder, rowsOf, type Started, startTeal, teal, tealJson } from '../cli/teal';

const MINUTE = 60_000;
const KILLS = 3;
const seed = Number(process.env.TEAL_TEST_SEED ?? Date.now() % 1_000_000);
const TWICE = `SELECT run, model, index FROM teal.batch GROUP BY ALL HAVING count(*) > 1`;
const UNFINISHED = `SELECT id FROM teal.run WHERE status <> 'done'`;
const DONE = (environment: string) =>
  `SELECT id FROM teal.run WHERE status = 'done' AND environment = '${environment}'`;
const BATCHES = 'SELECT model, count(*)::INT AS n FROM teal.batch GROUP BY model ORDER BY model';

interface Carried {
  readonly run: { readonly batchesDone: number; readonly rows: number } | null;
}

/**
 * Sends a signal once the process has written `writes` times to its warehouse: an instant that is chosen by what it did, not by the
 * clock. Resolves with whether the signal came before its end.
 */
async function signalAfter(
  started: Started,
  dir: string,
  writes: number,
  signal: NodeJS.Signals,
): Promise<boolean> {
  const { child } = started;
  let seen = 0;
  let sent = false;
  const watcher = watch(join(dir, '.teal'), (_event, name) => {
    if (name?.startsWith('warehouse.duckdb') && ++seen >= writes && !sent) sent = child.kill(signal);
  });
  await started.ended;
  watcher.close();
  return sent && (child.signalCode === signal || signal === 'SIGINT');
}

/** How many writes to the warehouse an undisturbed `teal ARGS` makes. */
async function countWrites(dir: string, args: readonly string[]): Promise<number> {
  let seen = 0;
  const watcher = watch(join(dir, '.teal'), (_event, name) => {
    if (name?.startsWith('warehouse.duckdb')) seen += 1;
  });
  const { code, err } = await teal(args);
  watcher.close();
  if (code !== 0) throw new Error(err);
  return seen;
}

describe(`killed at random instants (seed ${seed})`, () => {
  let sample: Sample;
  let empty: string;
  let live: string;
  let before: Record<string, unknown>;
  let after: Record<string, unknown>;
  let planWrites = 0;
  let backfillWrites = 0;

  beforeAll(async () => {
    sample = await createSample();
    const { dir } = sample;
    await teal(['-p', dir, 'sources']);
    empty = join(sample.dir, '../empty');
    cpSync(dir, empty, { recursive: true });
    planWrites = await countWrites(dir, ['-p', dir, 'plan', '--auto-apply', ...NOW]);
    before = await checksums(dir);
    live = join(sample.dir, '../live');
    cpSync(dir, live, { recursive: true });
    applyFix(live);
    applyFix(dir);
    backfillWrites = await countWrites(dir, ['-p', dir, 'backfill', BRIEF, ...NOW]);
    after = await checksums(dir, 'fix_discount');
  }, 2 * MINUTE);
  afterAll(() => sample.remove());

  function copyOf(dir: string): string {
    const copy = join(createFolder(), 'project');
    cpSync(dir, copy, { recursive: true });
    return copy;
  }

  it(
    'the first plan is killed, and then again: nothing is live until all is, and the end is as if undisturbed',
    async () => {
      const dir = copyOf(empty);
      const args = ['-p', dir, 'plan', '--auto-apply', ...NOW];
      let [done, kills] = [0, 0];
      // On a busy machine fewer writes are told of, so that a run may end before its instant comes.
      let isOver = false;
      for (const writes of instants(planWrites / 4)) {
        const started = startTeal(args);
        const killed = await signalAfter(started, dir, writes, 'SIGKILL');
        // Killed between its last commit and its end, it is as done as any.
        isOver = !killed || (await rowsOf(dir, DONE('prod'))).length > 0;
        if (isOver) break;
        kills += 1;
        const releases = await tealJson<{ releases: unknown[] }>(['-p', dir, 'releases']);
        expect(releases.json.releases).toEqual([]);
        const [kept] = await rowsOf(dir, 'SELECT count(*)::INT AS n FROM teal.batch');
        expect(Number(kept?.n)).toBeGreaterThanOrEqual(done);
        done = Number(kept?.n);
        expect(await rowsOf(dir, TWICE)).toEqual([]);
      }
      expect(kills).toBeGreaterThan(0);
      if (!isOver) {
        const { code, json } = await tealJson<Carried>(args);
        expect([code, json.run?.rows]).toEqual([0, 127_417]);
      }
      expect(await rowsOf(dir, TWICE)).toEqual([]);
      expect(await rowsOf(dir, BATCHES)).toEqual(await rowsOf(live, BATCHES));
      expect(await checksums(dir)).toEqual(before);
    },
    3 * MINUTE,
  );

  it(
    'a backfill is killed, resumed and killed: prod never moves, and the shadow ends exact',
    async () => {
      const dir = copyOf(live);
      let kills = 0;
      let isOver = false;
      for (const [index, writes] of instants(backfillWrites / 4).entries()) {
        // A run that was resumed by its id, and one that was found again by its plan, are one and the same.
        const waits = index > 0 && (await rowsOf(dir, UNFINISHED)).length > 0;
        const started = startTeal(['-p', dir, 'backfill', ...(waits ? ['--resume'] : [BRIEF, ...NOW])]);
        const killed = await signalAfter(started, dir, writes, 'SIGKILL');
        isOver = !killed || (await rowsOf(dir, DONE('fix_discount'))).length > 0;
        if (isOver) break;
        kills += 1;
        expect(await checksums(dir)).toEqual(before);
        expect(await rowsOf(dir, TWICE)).toEqual([]);
      }
      expect(kills).toBeGreaterThan(0);
      if (!isOver) expect((await teal(['-p', dir, 'backfill', BRIEF, ...NOW])).code).toBe(0);
      expect(await checksums(dir)).toEqual(before);
      expect(await checksums(dir, 'fix_discount')).toEqual(after);
      expect(await rowsOf(dir, TWICE)).toEqual([]);
      expect(await rowsOf(dir, BATCHES)).toEqual(await rowsOf(sample.dir, BATCHES));
    },
    3 * MINUTE,
  );

  it(
    'Ctrl-C ends with 130, says what was kept, and --resume goes on from there',
    async () => {
      const dir = copyOf(live);
      const started = startTeal(['-p', dir, 'backfill', BRIEF, ...NOW]);
      expect(await signalAfter(started, dir, Math.ceil(backfillWrites / 3), 'SIGINT')).toBe(true);
      const { code, err } = await started.ended;
      const kept = Number(/Kept:\s+(\d+) of 237 batches/.exec(err)?.[1]);
      expect([code, kept > 0, kept < 237]).toEqual([130, true, true]);
      expect(err).toContain('[cancelled]');
      const log = await tealJson<{ entries: { kind: string; outcome: string }[] }>(['-p', dir, 'log']);
      expect(log.json.entries[0]).toMatchObject({ kind: 'backfill', outcome: 'stopped' });
      const resumed = await tealJson<Carried>(['-p', dir, 'backfill', '--resume']);
      expect([resumed.code, resumed.json.run?.batchesDone]).toEqual([0, 237]);
      expect(await checksums(dir, 'fix_discount')).toEqual(after);
      expect(await rowsOf(dir, TWICE)).toEqual([]);
    },
    2 * MINUTE,
  );
});

/** Random numbers of writes after which to kill, the same for the same seed. */
function instants(most: number): readonly number[] {
  return fc.sample(fc.integer({ min: 1, max: Math.max(1, Math.floor(most)) }), { seed, numRuns: KILLS });
}
