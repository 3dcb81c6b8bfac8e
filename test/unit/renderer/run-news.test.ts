import { describe, expect, test } from 'vitest';
import { connectionNews } from '../../../renderer/features/news/connection-news';
import { runNews } from '../../../renderer/features/news/run-news';
import type { RunStatus } from '../../../shared/protocol/views/backfill';

const RUN = {
  id: 'r-1',
  title: 'fix-discount',
  status: 'running',
  environment: 'fix_discount',
  batchesDone: 0,
  batchesTotal: 200,
  secondsLeft: 8,
  failures: [],
  release: null,
} as const;
const run = (change: Partial<RunStatus>): RunStatus => ({ ...RUN, ...change }) as RunStatus;
const said = (before: RunStatus | null | undefined, now: RunStatus) => runNews(before, now)?.text;

describe('what is said of a run', () => {
  test('its start, and each quarter with the time left; no single batch', () => {
    expect(said(null, run({}))).toBe('fix-discount started, 200 batches');
    expect(said(run({ id: 'r-0', status: 'done' }), run({}))).toBe('fix-discount started, 200 batches');
    const heard = Array.from({ length: 199 }, (_, at) =>
      said(run({ batchesDone: at }), run({ batchesDone: at + 1 })),
    ).filter(Boolean);
    expect(heard).toEqual([
      'A quarter of fix-discount is filled, 50 of 200 batches, about 8.0 s left',
      'Half of fix-discount is filled, 100 of 200 batches, about 8.0 s left',
      'Three quarters of fix-discount is filled, 150 of 200 batches, about 8.0 s left',
    ]);
  });

  test('pausing, going on and stopping, with what is kept', () => {
    const half = run({ batchesDone: 100 });
    const paused = run({ batchesDone: 100, status: 'paused' });
    expect(said(half, paused)).toBe('fix-discount is paused, 100 of 200 batches filled and kept');
    expect(said(paused, half)).toBe('fix-discount goes on, 100 of 200 batches');
    expect(said(half, run({ batchesDone: 100, status: 'stopped' }))).toMatch(/is stopped, 100 of 200/);
  });

  test('the end with what comes next', () => {
    const done = { status: 'done', batchesDone: 200 } as const;
    expect(said(run({}), run(done))).toBe(
      'fix-discount is filled into fix_discount: compare it with prod next',
    );
    expect(said(run({}), run({ ...done, environment: 'prod', release: 1 }))).toBe(
      'fix-discount is filled and live as release 1',
    );
  });

  test('a failure interrupts, with its place, its reason and the remedy', () => {
    const problem = { code: 'audit.failed', message: 'Rows are missing.', remedy: 'Mend the model.' };
    const failures = [{ model: 'mart.a', index: 3, label: '2025-02-01', problem }];
    const news = runNews(run({}), run({ status: 'failed', failures } as unknown as Partial<RunStatus>));
    expect(news).toEqual({
      text: 'fix-discount failed in mart.a, 2025-02-01: Rows are missing. Mend the model.',
      isUrgent: true,
    });
  });

  test('of a run that was there before the window only what wants something', () => {
    expect(said(undefined, run({}))).toBeUndefined();
    expect(said(undefined, run({ status: 'done' }))).toBeUndefined();
    expect(said(undefined, run({ status: 'interrupted', batchesDone: 3 }))).toMatch(
      /was interrupted, 3 of 200/,
    );
  });
});

test('a connection is said to be lost once, and to be back', () => {
  const open = { kind: 'open' } as const;
  const lost = { kind: 'lost', attempt: 1, retryAt: 0, refused: false } as const;
  expect(connectionNews(open, lost)).toMatch(/^Connection lost/);
  expect(connectionNews(lost, { ...lost, attempt: 2 })).toBeUndefined();
  expect(connectionNews(lost, open)).toBe('Connection is back');
  expect(connectionNews({ kind: 'connecting' }, open)).toBeUndefined();
  expect(connectionNews(open, { ...lost, refused: true })).toMatch(/does not know this window/);
});
