import { describe, expect, it } from 'vitest';
import { findBatch } from '../../../renderer/features/backfill/found-batch';
import { laneParts, laneRange } from '../../../renderer/features/backfill/plan-lanes';
import {
  alternativeText,
  batchesText,
  batchText,
  extentText,
  failedTestsText,
  placeWords,
  reasonWord,
  runWords,
  spanText,
  startLabel,
} from '../../../renderer/features/backfill/words';
import type { PlannedModel, RunStatus } from '../../../shared/protocol/views/backfill';

const span = (from: string, to: string) => ({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });

function planned(more: Partial<PlannedModel> = {}): PlannedModel {
  return {
    model: 'mart.daily_sales',
    kind: 'INCREMENTAL_BY_TIME_RANGE',
    change: 'breaking',
    reason: '',
    spans: [span('2025-02-01', '2025-04-01')],
    batches: 59,
    days: 59,
    whole: false,
    table: 'teal_data.t',
    older: [],
    shared: [span('2025-01-01', '2025-02-01')],
    estimatedRows: null,
    ...more,
  };
}

const view = planned({ kind: 'VIEW', batches: 0, table: null, days: null, whole: true, spans: [] });

describe('spans in words', () => {
  it('says the last day of a half-open span', () => {
    expect(spanText(span('2025-02-01', '2025-04-01'))).toBe('2025-02-01 to 2025-03-31');
    expect(spanText(span('2025-03-09', '2025-03-10'))).toBe('2025-03-09');
    expect(batchText(null)).toBe('whole table');
  });

  it('says times where a span does not keep to days', () => {
    const hours = { from: '2025-03-09T06:00:00.000Z', to: '2025-03-09T07:00:00.000Z' };
    expect(spanText(hours)).toBe('2025-03-09 06:00:00 to 2025-03-09 07:00:00');
  });

  it('says how much of a model is computed', () => {
    expect(extentText(planned())).toBe('59 days');
    expect(extentText(planned({ days: 1 }))).toBe('1 day');
    expect(extentText(planned({ days: 0.25 }))).toBe('6 h');
    expect(extentText(planned({ whole: true, days: null, batches: 1 }))).toBe('whole');
    expect(extentText(view)).toBe('no rows');
    expect(extentText(planned({ batches: 0 }))).toBe('taken over');
  });
});

describe('the start button', () => {
  it('names the shadows and batches', () => {
    const models = [planned(), planned(), view];
    expect(startLabel({ environment: 'dev', models, totalBatches: 118 })).toBe('Fill 2 shadows, 118 batches');
    expect(startLabel({ environment: 'dev', models: [planned()], totalBatches: 1 })).toBe(
      'Fill 1 shadow, 1 batch',
    );
    expect(batchesText({ models, totalBatches: 118 })).toBe('118 batches into 2 tables');
  });

  it('says that a plan of prod makes live', () => {
    const models = [planned(), view];
    expect(startLabel({ environment: 'prod', models, totalBatches: 59 })).toBe('Fill and make live 2 models');
    expect(startLabel({ environment: 'prod', models: [view], totalBatches: 0 })).toBe('Make live 1 model');
  });

  it('says where nothing is filled', () => {
    expect(startLabel({ environment: 'dev', models: [view], totalBatches: 0 })).toBe('Point dev at 1 model');
    expect(batchesText({ models: [view], totalBatches: 0 })).toBe('no rows to fill');
  });
});

describe('alternatives', () => {
  const costs = { rows: null, seconds: null, bytes: null, selected: false };
  const asked = { id: 'scope' as const, label: '2025-02-01 to 2025-03-31', ...costs };

  it('say how long the scope is', () => {
    const { from, to } = span('2025-02-01', '2025-04-01');
    expect(alternativeText({ ...asked, start: from, end: to })).toBe('These 59 days');
    expect(alternativeText({ ...asked, start: null, end: null })).toBe(asked.label);
    expect(alternativeText({ ...asked, id: 'full', label: 'Full history', start: from, end: to })).toBe(
      'Full history',
    );
  });
});

describe('words', () => {
  it('names every state of a run', () => {
    const words = (status: RunStatus['status'], environment = 'dev') => runWords({ status, environment });
    expect(words('running')).toBe('Filling shadows');
    expect(words('paused')).toBe('Paused');
    expect(words('stopped')).toBe('Stopped, what is filled is kept');
    expect(words('done')).toBe('Filled');
    expect(words('done', 'prod')).toBe('Filled and live');
    expect(words('failed')).toBe('Failed');
    expect(words('interrupted')).toBe('Interrupted: resume to go on');
  });

  it('names reasons, and keeps those that it does not know', () => {
    expect(reasonWord('late_data')).toBe('Late data');
    expect(reasonWord('audit')).toBe('audit');
  });

  it('names the unit tests that stop a start, each once', () => {
    const failed = [{ test: 'test_a', model: 'm' }];
    expect(failedTestsText({ failed, errors: [] })).toBe('A unit test fails: test_a.');
    expect(failedTestsText({ failed, errors: ['test_a', 'test_b'] })).toBe(
      '2 unit tests fail: test_a, test_b.',
    );
  });

  it('says where a problem is, with what is known beside it', () => {
    const problem = { code: 'engine.sql', message: 'x', place: { file: 'models/a.sql', line: 3 } };
    expect(placeWords(problem, { partition: '2025-03-09' })).toBe('models/a.sql:3, 2025-03-09');
    expect(placeWords({ code: 'internal', message: 'x' }, { model: 'a.b' })).toBe('a.b');
  });
});

describe('lanes of a plan', () => {
  it('covers what is computed and what is shared', () => {
    const range = laneRange([planned(), view]);
    expect(range && new Date(range.from).toISOString()).toBe('2025-01-01T00:00:00.000Z');
    const parts = range ? laneParts(planned(), range) : [];
    expect(parts.map(({ kind }) => kind)).toEqual(['shared', 'compute']);
    expect(parts[0]?.to).toBeCloseTo(31 / 90);
    expect(parts[1]?.to).toBe(1);
  });

  it('counts what is left under older logic as that only', () => {
    const january = span('2025-01-01', '2025-02-01');
    const range = laneRange([planned()]);
    const parts = range ? laneParts(planned({ older: [january] }), range) : [];
    expect(parts.map(({ kind }) => kind)).toEqual(['older', 'compute']);
  });

  it('has no range for whole tables only', () => {
    expect(laneRange([view])).toBeNull();
  });
});

describe('the batch below the grid', () => {
  const problem = { code: 'engine.sql', message: 'no' };
  const run: RunStatus = {
    ...{
      id: 'r',
      kind: 'backfill',
      environment: 'dev',
      title: '',
      planId: 'p',
      status: 'failed',
      batchesDone: 0,
    },
    ...{ executed: {}, skipped: [] },
    ...{
      batchesTotal: 2,
      rows: 0,
      rowsExpected: null,
      rowsPerSecond: null,
      secondsLeft: null,
      elapsedSeconds: 0,
    },
    ...{
      memoryBytes: 0,
      memoryLimitBytes: 0,
      startedAt: '',
      last: [],
      audits: { passed: 0, failed: 0 },
      release: null,
      executed: {},
      skipped: [],
    },
    models: [
      {
        ...{ model: 'a.b', table: 't', whole: false, waitsFor: [] },
        batches: [
          {
            index: 0,
            span: span('2025-01-01', '2025-01-02'),
            state: 'failed',
            rows: null,
            milliseconds: null,
          },
          {
            index: 1,
            span: span('2025-01-02', '2025-01-03'),
            state: 'waiting',
            rows: null,
            milliseconds: null,
          },
        ],
      },
    ],
    failures: [{ model: 'a.b', index: 0, label: '2025-01-01', problem }],
  };

  it('is the failed one until another is chosen', () => {
    expect(findBatch(run, null)?.failure?.problem).toBe(problem);
    const other = findBatch(run, { model: 'a.b', index: 1 });
    expect(other?.batch.index).toBe(1);
    expect(other?.failure).toBeUndefined();
  });

  it('is none while the run goes on again', () => {
    expect(findBatch({ ...run, status: 'running' }, null)).toBeUndefined();
  });
});
