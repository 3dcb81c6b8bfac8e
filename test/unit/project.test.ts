import { describe, expect, it } from 'vitest';
import { readAudits } from '../../shared/project/audit';
import { readBrief } from '../../shared/project/brief';
import { readConfig } from '../../shared/project/config';
import { readKind } from '../../shared/project/kind';
import { readModel } from '../../shared/project/read-model';
import { readSourceFile } from '../../shared/project/source-file';

const defaults = { start: null, cron: '@daily', kind: 'VIEW' };
const traits = {
  batchSize: null,
  batchConcurrency: null,
  lookback: 0,
  forwardOnly: false,
  disableRestatement: false,
  onDestructiveChange: 'error',
  onAdditiveChange: 'allow',
  autoRestatementCron: null,
};
const model = (text: string) => readModel('models/mart/sales.sql', text, defaults);

describe('the kind of a model', () => {
  it.each([
    ['full', { name: 'FULL' }],
    ['VIEW', { name: 'VIEW', materialized: false }],
    [
      "SEED (path '../seeds/a.csv', csv_settings (delimiter ';'))",
      { name: 'SEED', path: '../seeds/a.csv', csv: { delimiter: ';' } },
    ],
    [
      "INCREMENTAL_BY_TIME_RANGE (time_column (ds, '%Y%m%d'), batch_size 7, lookback 2)",
      {
        name: 'INCREMENTAL_BY_TIME_RANGE',
        timeColumn: 'ds',
        timeFormat: '%Y%m%d',
        partitionByTimeColumn: true,
        autoRestatementIntervals: null,
        ...traits,
        batchSize: 7,
        lookback: 2,
      },
    ],
    [
      'INCREMENTAL_BY_UNIQUE_KEY (unique_key (a, "B c"))',
      {
        name: 'INCREMENTAL_BY_UNIQUE_KEY',
        uniqueKey: ['a', '"b c"'],
        whenMatched: null,
        mergeFilter: null,
        ...traits,
        batchConcurrency: 1,
      },
    ],
  ])('%s is read', (text, value) => {
    expect(readKind(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['SCD_TYPE_2', 'model.invalid'],
    ['CUSTOM (materialization x)', 'model.unsupported'],
    ['INCREMENTAL_BY_TIME_RANGE', 'model.invalid'],
    ['INCREMENTAL_BY_UNIQUE_KEY ()', 'model.invalid'],
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, batch_size 0)', 'model.invalid'],
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, lookback -1)', 'model.invalid'],
    ['SEED ()', 'model.invalid'],
    ['SOMETHING', 'model.invalid'],
  ])('%s is a problem', (text, code) => {
    expect(readKind(text)).toMatchObject({ ok: false, problem: { code } });
  });
});

describe('a bad model', () => {
  it.each([
    ['an open block', 'MODEL (\n  name a.b\nSELECT 1', 'model.syntax', 1, 7],
    ['no semicolon', 'MODEL (name a.b)\nSELECT 1', 'model.syntax', 1, 17],
    ['a property without a value', 'MODEL (\n  name a.b,\n  cron\n);\nSELECT 1', 'model.syntax', 3, 3],
    ['a bad kind', 'MODEL (\n  name a.b,\n  kind NOPE\n);\nSELECT 1', 'model.invalid', 3, 8],
    ['a name of four parts', 'MODEL (\n  name a.b.c.d\n);\nSELECT 1', 'model.invalid', 2, 8],
    ['another dialect', 'MODEL (name a.b,\n dialect spark);\nSELECT 1', 'model.unsupported', 2, 10],
    ['two queries', 'MODEL (name a.b);\nSELECT 1;\nSELECT 2', 'model.syntax', 3, 1],
    ['an open string', "MODEL (name a.b);\nSELECT\n  'x", 'model.syntax', 3, 3],
    ['a statement before', 'MODEL (name a.b);\nDROP TABLE x;\nSELECT 2', 'model.unsupported', 2, 1],
  ])('says where: %s', (_, text, code, line, column) => {
    expect(model(text)).toMatchObject({
      problem: { code, place: { file: 'models/mart/sales.sql', line, column } },
    });
  });

  it('is none where the file has no MODEL block', () => {
    expect(model('SELECT 1')).toBeNull();
    expect(model('')).toBeNull();
  });
});

describe('other files', () => {
  it('give briefs with a scope whose end is included', () => {
    const read = readBrief(
      'backfills/Fix-It.yaml',
      'models: [Mart.Sales]\nstart: 2025-02-01\nend: 2025-02-02\n',
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        environment: 'fix_it',
        models: ['mart.sales'],
        scope: { from: Date.UTC(2025, 1, 1), to: Date.UTC(2025, 1, 3) },
      },
    });
  });

  it('say where they are wrong', () => {
    const at = (line: number, column: number) => ({ ok: false, problem: { place: { line, column } } });
    expect(readBrief('b.yaml', 'models: [a.b]\nreason: whim\n')).toMatchObject(at(2, 9));
    expect(readSourceFile('s.yaml', 'name: a\nfiles: [x]\nformat: xls\n')).toMatchObject(at(3, 9));
    expect(readConfig('config.yaml', 'a: 1\nmodel_defaults:\n  cron: [1]\n')).toMatchObject(at(3, 9));
    expect(readBrief('b.yaml', 'models: [a.b]\nstart: 2025-02-30\n')).toMatchObject({ ok: false });
    expect(readBrief('b.yaml', 'models: [a.b]\nstart: 2025-02-03\nend: 2025-02-01\n')).toMatchObject({
      ok: false,
    });
  });

  it('give audits, one after the other', () => {
    const text =
      'AUDIT (name one, blocking false);\nSELECT 1 FROM @this_model;\nAUDIT (name two, defaults (x = 3));\nSELECT @x';
    expect(readAudits('audits/a.sql', text)).toMatchObject({
      problems: [],
      audits: [
        { name: 'one', blocking: false, query: 'SELECT 1 FROM @this_model' },
        { name: 'two', blocking: true, defaults: { x: '3' } },
      ],
    });
  });
});
