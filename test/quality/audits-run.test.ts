// Audits on a real warehouse: after every batch, all of them, with the rows that fail kept past the rollback.
import { describe, expect, it } from 'vitest';
import { withSession } from '../../shared/engine/contract';
import { auditFailures, reportAudits } from '../../shared/quality/audit-report';
import { readOutcomes } from '../../shared/quality/audit-store';
import { type Bench, openBench, problemOf } from '../storage/projects';

const LEVELS = `MODEL (
  name mart.levels,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1),
  start '2025-01-01',
  audits (AUDITS)
);

SELECT day::DATE AS day, n::INTEGER AS n
FROM (VALUES (DATE '2025-01-01', 1), (DATE '2025-01-01', 2), (DATE '2025-01-02', -1), (DATE '2025-01-02', 5), (DATE '2025-01-03', NULL)) AS t(day, n)
WHERE day BETWEEN @start_date AND @end_date
`;
const IN_RANGE = `AUDIT (
  name in_range,
  defaults (lowest = 0, highest = 3)
);

SELECT * FROM @this_model
WHERE n < @lowest OR n > @highest
`;
const FEW = `AUDIT (
  name few,
  blocking false
);

SELECT day, count(*) AS rows_found, @start_ds AS first_day, @end_ds AS last_day FROM @this_model AS m GROUP BY day HAVING count(*) > 1;

AUDIT (
  name not_now,
  skip true
);

SELECT nonsense FROM @this_model
`;
const NOW = { executionTime: '2025-01-04' } as const;

function project(audits: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    'models/mart/levels.sql': LEVELS.replace('AUDITS', audits),
    'audits/in_range.sql': IN_RANGE,
    'audits/few.sql': FEW,
    ...more,
  };
}

async function recordsOf(bench: Bench) {
  const [run] = await bench.rows('SELECT id FROM teal.run ORDER BY started_at DESC LIMIT 1');
  return withSession(await bench.engine(), 'interactive', (session) =>
    readOutcomes(session, String(run?.id)),
  );
}

async function failuresOf(bench: Bench) {
  const { failures } = await bench.client.call('audit.failures', {});
  return Promise.all(
    failures.map(async ({ id, audit, batch, failedRows, keptRows }) => {
      const page = await bench.client.call('audit.rows', { failure: id });
      return {
        audit,
        batch,
        failedRows,
        keptRows,
        columns: page.columns.map((one) => one.name),
        rows: page.rows,
      };
    }),
  );
}

describe('audits of a run', () => {
  it('run after every batch over the rows of its span', async () => {
    const bench = await openBench(project('few, not_null(columns := (day)), not_now'));
    await bench.apply(NOW);
    expect(reportAudits(await recordsOf(bench))).toEqual([
      { model: 'mart.levels', audit: 'few', failedRows: 0, blocking: false, times: 1 },
      { model: 'mart.levels', audit: 'few', failedRows: 1, blocking: false, times: 2 },
      { model: 'mart.levels', audit: 'not_now', failedRows: null, blocking: true, skipped: true, times: 3 },
      {
        model: 'mart.levels',
        audit: 'not_null',
        args: { columns: '(day)' },
        failedRows: 0,
        blocking: true,
        times: 3,
      },
    ]);
  });

  it('that are skipped are no part of the record of a run', async () => {
    const bench = await openBench(project('not_now, not_null(columns := (day))'));
    await bench.apply(NOW);
    const { entries } = await bench.client.call('history.list', {});
    const id = entries.find((entry) => entry.id.startsWith('r-'))?.id ?? '';
    const { audits } = await bench.client.call('history.read', { id });
    expect(audits.map(({ audit }) => audit)).toEqual(['not_null', 'not_null', 'not_null']);
  });

  it('that do not stop keep their failing rows, with the batch as their macros saw it', async () => {
    const bench = await openBench(project('few'));
    await bench.apply(NOW);
    const row = (day: string) => ({
      ...{ audit: 'few', batch: day, failedRows: 1, keptRows: 1 },
      columns: ['day', 'rows_found', 'first_day', 'last_day'],
      rows: [[day, expect.anything(), day, day]],
    });
    expect(await failuresOf(bench)).toEqual([row('2025-01-02'), row('2025-01-01')]);
  });

  it('all run where one that stops fails, and stop with one failure that tells of all', async () => {
    const bench = await openBench(project('in_range, few, forall(criteria := (n > 0, n < 5))'));
    const problem = await problemOf(bench.apply(NOW));
    expect([problem?.code, problem?.message, problem?.place?.partition]).toEqual([
      'audit.failed',
      '2 audits of mart.levels failed: in_range found 2 rows, forall found 2 rows.',
      '2025-01-02',
    ]);
    const records = await recordsOf(bench);
    expect(records.map(({ batch, audit, failedRows }) => [batch, audit, failedRows])).toEqual([
      ['2025-01-01', 'in_range', 0],
      ['2025-01-01', 'few', 1],
      ['2025-01-01', 'forall', 0],
      ['2025-01-02', 'in_range', 2],
      ['2025-01-02', 'few', 1],
      ['2025-01-02', 'forall', 2],
      ['2025-01-03', 'in_range', 0],
      ['2025-01-03', 'few', 0],
      ['2025-01-03', 'forall', 0],
    ]);
    expect(auditFailures(records)).toEqual({
      'mart.levels': {
        reason: 'audit',
        audits: [
          { audit: 'forall', failedRows: 2 },
          { audit: 'in_range', failedRows: 2 },
        ],
      },
    });
  });

  it('leave the failing rows to be looked at, though the batch was taken back', async () => {
    const bench = await openBench(project('in_range'));
    await problemOf(bench.apply(NOW));
    const [kept] = await failuresOf(bench);
    expect(kept).toEqual({
      ...{ audit: 'in_range', batch: '2025-01-02', failedRows: 2, keptRows: 2, columns: ['day', 'n'] },
      rows: expect.arrayContaining([
        ['2025-01-02', -1],
        ['2025-01-02', 5],
      ]),
    });
    const [table] = await bench.rows("SELECT table_name FROM teal.segment WHERE model = 'mart.levels'");
    const [count] = await bench.rows(`SELECT count(*)::INTEGER AS n FROM teal_data."${table?.table_name}"`);
    expect(count).toEqual({ n: 3 });
    await bench.reopen();
    expect(await failuresOf(bench)).toEqual([kept]);
  });

  it('keep a thousand failing rows at most, and count all', async () => {
    const text =
      'MODEL (\n  name mart.many,\n  kind FULL,\n  audits (not_null_non_blocking(columns := (n)))\n);\n\nSELECT NULL::INTEGER AS n FROM range(1500)\n';
    const bench = await openBench({ 'models/mart/many.sql': text });
    await bench.apply(NOW);
    const { failures } = await bench.client.call('audit.failures', { model: 'mart.many' });
    expect(failures.map(({ failedRows, keptRows }) => [failedRows, keptRows])).toEqual([[1500, 1000]]);
    const page = await bench.client.call('audit.rows', {
      failure: failures[0]?.id ?? '',
      offset: 990,
      limit: 100,
    });
    expect([page.total, page.rows.length]).toEqual([1000, 10]);
  });
});

describe('an audit call', () => {
  it.each([
    ['in_range(lowest := -1, highest := 5)', true],
    ['in_range(highest := 5)', false],
    ['in_range(blocking := false)', true],
    ['few(blocking := true)', false],
    ['number_of_rows(threshold := 1)', false],
    ['number_of_rows_non_blocking(threshold := 1)', true],
    ["accepted_range(column := n, min_v := @VAR('least', -1))", true],
    ["accepted_range(column := n, min_v := @VAR('least', 0))", false],
  ])('%s lets the run go on: %s', async (call, passes) => {
    const bench = await openBench(project(call));
    const problem = await problemOf(bench.apply(NOW));
    expect(problem?.code).toBe(passes ? undefined : 'audit.failed');
  });

  it('of a model by key looks at the whole table after every batch', async () => {
    const text = LEVELS.replace(
      'INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1)',
      'INCREMENTAL_BY_UNIQUE_KEY (unique_key day, batch_size 1)',
    ).replace('AUDITS', 'number_of_rows_non_blocking(threshold := 2)');
    const bench = await openBench({ 'models/mart/levels.sql': text });
    await bench.apply(NOW);
    expect((await recordsOf(bench)).map((one) => one.failedRows)).toEqual([1, 0, 0]);
  });

  it('sees the variables of config.yaml, though no other text of its model uses them', async () => {
    const own =
      "AUDIT (\n  name least,\n  blocking false\n);\n\nSELECT * FROM @this_model WHERE n < @VAR('least') OR n > @most\n";
    const config = 'model_defaults:\n  dialect: duckdb\nvariables:\n  least: 2\n  most: 4\n';
    const bench = await openBench(project('least', { 'audits/own.sql': own, 'config.yaml': config }));
    await bench.apply(NOW);
    expect((await recordsOf(bench)).map((one) => one.failedRows)).toEqual([1, 2, 0]);
  });

  it('may name its own model: that is the audited rows too', async () => {
    const own =
      'AUDIT (\n  name own_name\n);\n\nSELECT n FROM mart.levels WHERE n < 0 UNION ALL SELECT l.n FROM mart.levels AS l WHERE n > 4\n';
    const bench = await openBench(project('own_name(blocking := false)', { 'audits/own.sql': own }));
    await bench.apply(NOW);
    expect((await recordsOf(bench)).map((one) => one.failedRows)).toEqual([0, 2, 0]);
  });

  it.each([
    ['nonsense', 'SELECT no_such_column FROM @this_model', 'audits/own.sql', 5],
    ['an unknown macro', 'SELECT *\nFROM @this_model\nWHERE @no_such_macro', 'audits/own.sql', 7],
  ])('that cannot run says where: %s', async (_, query, file, line) => {
    const own = `AUDIT (\n  name own\n);\n\n${query}\n`;
    const bench = await openBench(project('own', { 'audits/own.sql': own }));
    const problem = await problemOf(bench.apply(NOW));
    expect([problem?.code, problem?.place?.file, problem?.place?.line]).toEqual([
      'audit.invalid',
      file,
      line,
    ]);
  });
});

describe('audits of a view', () => {
  const files = {
    'models/stg/numbers.sql':
      'MODEL (\n  name stg.numbers,\n  kind FULL\n);\n\nSELECT i::INTEGER AS n FROM range(5) AS t(i)\n',
    'models/mart/shown.sql':
      'MODEL (\n  name mart.shown,\n  kind VIEW,\n  audits (all_there)\n);\n\nSELECT n FROM stg.numbers WHERE n < 4\n',
    'audits/there.sql':
      'AUDIT (\n  name all_there\n);\n\nSELECT n FROM stg.numbers WHERE n NOT IN (SELECT n FROM @this_model)\n',
  };

  it('read its parents as the run made them, and keep the failing rows of the run that they stop', async () => {
    const bench = await openBench(files);
    const problem = await problemOf(bench.apply({}));
    expect([problem?.code, problem?.place?.model]).toEqual(['audit.failed', 'mart.shown']);
    expect((await failuresOf(bench)).map(({ audit, rows }) => [audit, rows])).toEqual([['all_there', [[4]]]]);
  });
});

describe('audits that stand alone', () => {
  const ALONE =
    'AUDIT (name lonely, standalone true);\nSELECT day, n FROM mart.levels WHERE n < 0 AND day >= @start_date';
  const files = project('not_null(columns := (n), condition := n <> n)', { 'audits/lonely.sql': ALONE });

  it('are run after what they read, stop nothing, and keep their failing rows', async () => {
    const bench = await openBench(files);
    const plan = await bench.client.call('plan.build', { environment: 'prod', ...NOW });
    expect(plan.stages.map((stage) => stage.text)).toContain('Run the audit lonely');
    expect(plan.models.map((model) => model.model)).toEqual(['mart.levels']);
    const run = await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    expect([run.status, Object.keys(run.executed)]).toEqual(['done', ['mart.levels']]);
    expect(await failuresOf(bench)).toMatchObject([
      { audit: 'lonely', batch: '2025-01-01 to 2025-01-03', failedRows: 1, rows: [['2025-01-02', -1]] },
    ]);
    const again = await bench.client.call('plan.build', { environment: 'prod', ...NOW });
    expect(again.empty).toBe(true);
    expect(await bench.rows('SELECT count(*)::INTEGER AS n FROM mart.levels')).toEqual([{ n: 5 }]);
  });

  it('are told of where the models stand that they read', async () => {
    const bench = await openBench(files);
    await bench.apply(NOW);
    const detail = await bench.client.call('model.read', { model: 'mart.levels' });
    expect(detail.audits).toEqual([
      expect.objectContaining({ name: 'not_null', standsAlone: false }),
      { name: 'lonely', arguments: '', blocking: false, standsAlone: true },
    ]);
    const { results } = await bench.client.call('audit.results', { model: 'mart.levels' });
    expect(results.map(({ audit, failedRows }) => [audit, failedRows])).toEqual([
      ['lonely', 1],
      ['not_null', 0],
    ]);
    const live = await bench.client.call('audit.run', { models: ['lonely'], ...NOW });
    expect(live.audits).toEqual([
      { model: 'lonely', audit: 'lonely', failedRows: 1, blocking: false, times: 1 },
    ]);
  });

  it('look at what a backfill computes of the models that they read', async () => {
    const brief = 'models: [mart.levels]\nstart: 2025-01-02\nend: 2025-01-02\nenvironment: fix\n';
    const bench = await openBench({ ...files, 'backfills/fix.yaml': brief });
    await bench.apply(NOW);
    await bench.write({
      'models/mart/levels.sql': (files['models/mart/levels.sql'] ?? '').replace('-1', '-2'),
    });
    const plan = await bench.client.call('plan.build', { brief: 'backfills/fix.yaml', ...NOW });
    expect(plan.stages.map((stage) => stage.text)).toContain('Run the audit lonely');
    await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    const [newest] = await failuresOf(bench);
    expect(newest).toMatchObject({ audit: 'lonely', batch: '2025-01-02', rows: [['2025-01-02', -2]] });
  });

  it('that were mended are run when a backfill that they failed is started again', async () => {
    const brief = 'models: [mart.levels]\nstart: 2025-01-02\nend: 2025-01-02\nenvironment: fix\n';
    const bench = await openBench({ ...files, 'backfills/fix.yaml': brief });
    await bench.apply(NOW);
    const levels = (files['models/mart/levels.sql'] ?? '').replace('-1', '-2');
    const broken = ALONE.replace('n < 0', 'nothing < 0');
    await bench.write({ 'models/mart/levels.sql': levels, 'audits/lonely.sql': broken });
    const request = { brief: 'backfills/fix.yaml', ...NOW };
    expect((await problemOf(bench.apply(request)))?.code).toBe('audit.invalid');
    await bench.write({ 'audits/lonely.sql': ALONE });
    expect((await bench.apply(request))?.status).toBe('done');
    expect(await bench.rows('SELECT min(n)::INTEGER AS n FROM mart__fix.levels')).toEqual([{ n: -2 }]);
  });

  it('fail a plan where they cannot be run, and keep what was filled', async () => {
    const bench = await openBench({
      ...files,
      'audits/lonely.sql': ALONE.replace('n < 0', 'nothing < 0'),
    });
    const problem = await problemOf(bench.apply(NOW));
    expect(problem?.message).toContain('The audit lonely cannot run: ');
    expect(problem).toMatchObject({
      code: 'audit.invalid',
      place: { file: 'audits/lonely.sql', line: 2, column: 38, model: 'lonely' },
    });
    await bench.write({ 'audits/lonely.sql': ALONE });
    const plan = await bench.client.call('plan.build', { environment: 'prod', ...NOW });
    expect(plan.decision.missingIntervals).toEqual({});
    const run = await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    expect([run.status, run.executed]).toEqual(['done', {}]);
  });
});

describe('the audits of what is live', () => {
  it('fail where any finds rows, blocking or not, and list what is skipped', async () => {
    const bench = await openBench(project('few, not_now, not_null(columns := (day))'));
    await bench.apply(NOW);
    const all = await bench.client.call('audit.run', { start: '2025-01-01', end: '2025-01-02', ...NOW });
    expect([all.ok, all.audits]).toEqual([
      false,
      [
        { model: 'mart.levels', audit: 'few', failedRows: 2, blocking: false, times: 1 },
        { model: 'mart.levels', audit: 'not_now', failedRows: null, blocking: true, skipped: true, times: 1 },
        {
          model: 'mart.levels',
          audit: 'not_null',
          args: { columns: '(day)' },
          failedRows: 0,
          blocking: true,
          times: 1,
        },
      ],
    ]);
    expect(all.failures.map(({ audit, failedRows }) => [audit, failedRows])).toEqual([['few', 2]]);
    const last = await bench.client.call('audit.run', { start: '2025-01-03', end: '2025-01-03' });
    expect(last.ok).toBe(true);
    const whole = await bench.client.call('audit.run', { models: ['mart.levels'] });
    expect(whole.audits[0]?.failedRows).toBe(2);
  });

  it('are refused for a model that is not filled, not there, or a date that is none', async () => {
    const bench = await openBench(project('few'));
    const { client } = bench;
    expect((await problemOf(client.call('audit.run', {})))?.code).toBe('plan.refused');
    expect((await problemOf(client.call('audit.run', { models: ['mart.no'] })))?.code).toBe(
      'model.not_found',
    );
    expect((await problemOf(client.call('audit.run', { start: 'someday' })))?.code).toBe('usage.invalid');
    expect((await problemOf(client.call('audit.rows', { failure: 'x' })))?.code).toBe('run.not_found');
  });
});
