import { describe, expect, it } from 'vitest';
import { readKind } from '../../shared/project/kind';
import { statedKey } from '../../shared/project/model';

const read = (text: string) => {
  const kind = readKind(text);
  if (!kind.ok) throw new Error(kind.problem.message);
  return kind.value;
};
const incremental = {
  batchSize: null,
  batchConcurrency: null,
  lookback: 0,
  forwardOnly: false,
  disableRestatement: false,
  onDestructiveChange: 'error',
  onAdditiveChange: 'allow',
  autoRestatementCron: null,
};
const history = { ...incremental, forwardOnly: true, disableRestatement: true };

describe('kinds', () => {
  it('by partition are forward-only, always', () => {
    expect(read('INCREMENTAL_BY_PARTITION')).toEqual({
      name: 'INCREMENTAL_BY_PARTITION',
      ...incremental,
      forwardOnly: true,
    });
    expect(read('incremental_by_partition (disable_restatement yes)')).toMatchObject({
      disableRestatement: true,
    });
  });

  it('with history have their names and are not restated unless it is said', () => {
    expect(read('SCD_TYPE_2 (unique_key id)')).toEqual({
      name: 'SCD_TYPE_2_BY_TIME',
      ...history,
      uniqueKey: ['id'],
      validFrom: 'valid_from',
      validTo: 'valid_to',
      timeType: 'TIMESTAMP',
      invalidateHardDeletes: false,
      updatedAt: 'updated_at',
      updatedAtAsValidFrom: false,
    });
    expect(
      read(
        'SCD_TYPE_2_BY_COLUMN (unique_key (id, COALESCE(k, \'\')), columns (a, "B c"), updated_at_name "U", time_data_type timestamptz, disable_restatement FALSE, batch_size \'3\')',
      ),
    ).toMatchObject({
      uniqueKey: ['id', "COALESCE(k, '')"],
      columns: ['a', 'b c'],
      updatedAt: 'u',
      timeType: 'TIMESTAMPTZ',
      disableRestatement: false,
      batchSize: 3,
    });
    expect(read('SCD_TYPE_2_BY_COLUMN (unique_key id, columns *)')).toMatchObject({ columns: null });
    expect(read('SCD_TYPE_2_BY_COLUMN (unique_key id, columns [*])')).toMatchObject({ columns: null });
  });

  it('by key keep the clauses of a merge as they stand, in parentheses or not', () => {
    const clauses = 'WHEN MATCHED AND source.a > 1 THEN UPDATE SET target.a = source.a, target.b = source.b';
    const when = (text: string) => read(`INCREMENTAL_BY_UNIQUE_KEY (unique_key id, ${text}, lookback 2)`);
    expect(when(`when_matched (${clauses} WHEN MATCHED THEN DELETE)`)).toMatchObject({
      whenMatched: `${clauses} WHEN MATCHED THEN DELETE`,
      lookback: 2,
      batchConcurrency: 1,
    });
    expect(when(`when_matched ${clauses}`)).toMatchObject({ whenMatched: clauses, lookback: 2 });
    expect(when('merge_filter source.a > 0 AND target.b IN (1, 2)')).toMatchObject({
      mergeFilter: 'source.a > 0 AND target.b IN (1, 2)',
    });
  });

  it('of seeds keep all settings of the file', () => {
    const seed = read(
      "SEED (path 'a\\b.csv', csv_settings (delimiter = '\\t', quotechar = '''', na_values = ('x', '-'), keep_default_na = false))",
    );
    expect(seed).toEqual({
      name: 'SEED',
      path: 'a/b.csv',
      csv: { delimiter: '\t', quotechar: "'", na_values: "('x', '-')", keep_default_na: 'false' },
    });
  });

  it.each([
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, look_back 1)', 43, 'lookback'],
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, batch_size 0)', 43, ''],
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, auto_restatement_cron daily)', 43, ''],
    ['INCREMENTAL_BY_TIME_RANGE (time_column ds, on_additive_change never)', 43, ''],
    ['INCREMENTAL_BY_UNIQUE_KEY (unique_key a, batch_concurrency 4)', 41, ''],
    ['INCREMENTAL_BY_UNIQUE_KEY (unique_key a, when_matched (DELETE))', 41, 'WHEN MATCHED'],
    ['INCREMENTAL_BY_PARTITION (forward_only true)', 26, 'Leave'],
    ['INCREMENTAL_BY_PARTITION (lookback 1)', 26, ''],
    ["SEED (path 'x', csv_settings (delimeter = ';'))", 16, ''],
    ['FULL (x 1)', 5, ''],
    ['FULLL', 0, 'FULL'],
    ['CUSTOM (materialization x)', 0, 'still work'],
  ])('say where they are wrong: %s', (text, offset, remedy) => {
    const kind = readKind(text);
    expect(kind).toMatchObject({ ok: false, offset });
    expect(!kind.ok && (kind.problem.remedy ?? '')).toContain(remedy);
  });

  it('give a stated key of columns, or leave it to the grain', () => {
    const key = (text: string) => statedKey({ kind: read(text), grain: ['g'] });
    expect(key('INCREMENTAL_BY_UNIQUE_KEY (unique_key (a, "B c"))')).toEqual(['a', 'b c']);
    expect(key("INCREMENTAL_BY_UNIQUE_KEY (unique_key (a, COALESCE(b, '')))")).toEqual(['g']);
    expect(key('FULL')).toEqual(['g']);
  });
});
