// Models and unit tests, and what SQLMesh 0.236.4 made of each test.

/** Files of a project with models of many types. */
export const MODELS: Readonly<Record<string, string>> = {
  'models/t/agg.sql': `MODEL (
  name t.agg,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day)
);

WITH doubled AS (
  SELECT day, id, price * @VAR('factor') AS price FROM t.copy WHERE day BETWEEN @start_date AND @end_date
), counted AS (
  SELECT day, count(*) AS n, sum(price) AS total FROM doubled GROUP BY day
)
SELECT day::DATE AS day, n::BIGINT AS n, total::DECIMAL(18, 2) AS total, @start_ds AS s, @end_ds AS e FROM counted
`,
  'models/t/base.sql': `MODEL (
  name t.base,
  kind FULL
);

SELECT 1::INT AS id, 'a'::VARCHAR AS name, 1.5::DECIMAL(9, 2) AS price, DATE '2024-01-01' AS day, TIMESTAMP '2024-01-01 00:00:00' AS ts, [1, 2]::INT[] AS list, {'x': 1, 'y': 'z'}::STRUCT(x INT, y VARCHAR) AS st, TRUE::BOOLEAN AS ok, 1.5::DOUBLE AS dbl
`,
  'models/t/clock.sql': `MODEL (
  name t.clock,
  kind FULL
);

SELECT id::INT AS id, current_date AS today, current_timestamp::TIMESTAMP AS now, @execution_ds AS ds FROM t.copy
`,
  'models/t/copy.sql': `MODEL (
  name t.copy,
  kind FULL
);

SELECT id::INT AS id, name::VARCHAR AS name, price::DECIMAL(9, 2) AS price, day::DATE AS day, ts::TIMESTAMP AS ts, list::INT[] AS list, st::STRUCT(x INT, y VARCHAR) AS st, ok::BOOLEAN AS ok, dbl::DOUBLE AS dbl FROM t.base
`,
  'models/t/ext.sql': `MODEL (
  name t.ext,
  kind FULL
);

SELECT * FROM ext.things
`,
  'models/t/ext2.sql': `MODEL (
  name t.ext2,
  kind FULL
);

SELECT id::INT AS id, upper(name)::VARCHAR AS name FROM ext.things
`,
  'models/t/ordered.sql': `MODEL (
  name t.ordered,
  kind FULL
);

SELECT id::INT AS id, name::VARCHAR AS name FROM t.copy ORDER BY id
`,
};

/** `tests/test_a.yaml` */
export const TESTS = `test_types:
  model: t.copy
  description: all the types
  inputs:
    t.base:
      rows:
        - {id: 1, name: a, price: 1.5, day: 2024-01-01, ts: 2024-01-01 10:00:00, list: [1, 2], st: {x: 1, y: q}, ok: true, dbl: 0.1}
        - {id: 2, name: "b", price: "2.50", day: "2024-01-02", ts: "2024-01-01 10:00:00", list: [], st: null, ok: false, dbl: 2}
        - {id: 3}
  outputs:
    query:
      rows:
        - {id: 3}
        - {id: 2, name: b, price: 2.5, day: 2024-01-02, ts: 2024-01-01 10:00:00, list: [], ok: false, dbl: 2.0}
        - {id: 1, name: a, price: 1.50, day: "2024-01-01", ts: "2024-01-01 10:00:00", list: [1, 2], st: {x: 1, y: q}, ok: true, dbl: 0.10000001}
test_types_wrong_float:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, dbl: 0.1}
  outputs:
    query:
      - {id: 1, dbl: 0.1001}
test_list_rows_directly:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: 'x'}
  outputs:
    query:
      - {id: 1, name: 'x'}
test_int_for_text:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: '1'}
  outputs:
    query:
      - {id: 1, name: 1}
test_text_for_int:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: '1'}
  outputs:
    query:
      - {id: '1', name: '1'}
test_partial:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: '1', price: 3}
  outputs:
    partial: true
    query:
      - {name: '1'}
test_not_partial:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: '1', price: 3}
  outputs:
    query:
      - {name: '1'}
test_partial_in_query:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, name: '1', price: 3}
  outputs:
    query:
      partial: true
      rows:
      - {name: '1'}
test_csv:
  model: t.copy
  inputs:
    t.base:
      format: csv
      csv_settings: {sep: ';'}
      rows: |
        id;name;price;day
        1;a;1.5;2024-01-01
        2;;2;2024-01-02
  outputs:
    partial: true
    query:
      format: csv
      rows: |
        id,name,price,day
        1,a,1.5,2024-01-01
        2,,2,2024-01-02
test_query_input:
  model: t.copy
  inputs:
    t.base:
      query: SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b'
  outputs:
    query:
      query: SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b'
test_agg:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 2024-01-01, price: 1.5}
      - {id: 2, day: 2024-01-01, price: 2}
      - {id: 3, day: 2024-01-03, price: 2}
  vars: {start: 2024-01-01, end: 2024-01-02}
  outputs:
    ctes:
      doubled:
        - {day: 2024-01-01, id: 2, price: 4}
        - {day: 2024-01-01, id: 1, price: 3}
      counted:
        - {day: 2024-01-01, n: 2, total: 7}
    query:
      - {day: 2024-01-01, n: 2, total: 7, s: '2024-01-01', e: '2024-01-02'}
test_agg_factor:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 2024-01-01, price: 1.5}
  vars: {start: 2024-01-01, end: 2024-01-02, factor: 10}
  outputs:
    ctes:
      doubled:
        - {day: 2024-01-01, id: 1, price: 15}
    query:
      - {day: 2024-01-01, n: 1, total: 15, s: '2024-01-01', e: '2024-01-02'}
test_agg_no_range:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 1970-01-01, price: 1.5}
      - {id: 1, day: 1970-01-02, price: 1.5}
  outputs:
    query:
      - {day: 1970-01-01, n: 1, total: 3, s: '1970-01-01', e: '1970-01-01'}
test_unknown_cte:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 1970-01-01, price: 1.5}
  outputs:
    ctes:
      nope:
        - {day: 1970-01-01}
    query:
      - {day: 1970-01-01, n: 1, total: 3, s: '1970-01-01', e: '1970-01-01'}
test_cte_fails_query_passes:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 1970-01-01, price: 1.5}
  outputs:
    ctes:
      doubled:
        - {day: 1970-01-01, id: 1, price: 4}
    query:
      - {day: 1970-01-01, n: 1, total: 3, s: '1970-01-01', e: '1970-01-01'}
test_clock:
  model: t.clock
  inputs:
    t.copy:
      - {id: 1}
  vars: {execution_time: '2023-05-06 07:08:09'}
  outputs:
    query:
      - {id: 1, today: 2023-05-06, now: 2023-05-06 07:08:09, ds: '2023-05-06'}
test_ordered:
  model: t.ordered
  inputs:
    t.copy:
      - {id: 2, name: b}
      - {id: 1, name: a}
  outputs:
    query:
      - {id: 1, name: a}
      - {id: 2, name: b}
test_ordered_wrong:
  model: t.ordered
  inputs:
    t.copy:
      - {id: 2, name: b}
      - {id: 1, name: a}
  outputs:
    query:
      - {id: 2, name: b}
      - {id: 1, name: a}
test_unknown_output:
  model: t.ordered
  inputs:
    t.copy:
      - {id: 2, name: b}
  outputs:
    query:
      - {id: 2, name: b, nope: 1}
test_unknown_input:
  model: t.ordered
  inputs:
    t.copy:
      - {id: 2, name: b, nope: 1}
  outputs:
    query:
      - {id: 2, name: b}
test_ext_unknown_output:
  model: t.ext
  inputs:
    ext.things:
      - {id: 1, name: x}
  outputs:
    query:
      - {id: 1, nope: x}
test_ext_columns:
  model: t.ext2
  inputs:
    ext.things:
      columns: {id: int, name: text}
      rows: []
  outputs:
    query: []
test_ext_null_first:
  model: t.ext2
  inputs:
    ext.things:
      - {id: 1, name: null}
      - {id: 2, name: b}
  outputs:
    query:
      - {id: 1, name: null}
      - {id: 2, name: B}
test_ext_empty:
  model: t.ext2
  inputs:
    ext.things:
      rows: []
  outputs:
    query: []
test_duplicates:
  model: t.ordered
  inputs:
    t.copy:
      - {id: 1, name: a}
      - {id: 1, name: a}
  outputs:
    query:
      - {id: 1, name: a}
test_nan:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, dbl: .nan}
  outputs:
    query:
      - {id: 1, dbl: null}
test_bool_int:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, ok: true}
  outputs:
    query:
      - {id: true, ok: 1}
test_upper_columns:
  model: t.copy
  inputs:
    t.base:
      - {ID: 1, NAME: a}
  outputs:
    query:
      - {Id: 1, Name: a}
test_empty_expected:
  model: t.copy
  inputs:
    t.base:
      rows: []
  outputs:
    query: []
test_empty_expected_wrong:
  model: t.copy
  inputs:
    t.base:
      - {id: 1}
  outputs:
    query: []
test_bad_cast:
  model: t.copy
  inputs:
    t.base:
      - {id: abc}
  outputs:
    query:
      - {id: 1}
test_date_with_time:
  model: t.copy
  inputs:
    t.base:
      - {id: 1, day: 2024-01-01, ts: 2024-01-01}
  outputs:
    query:
      - {id: 1, day: 2024-01-01 00:00:00, ts: '2024-01-01'}
test_start_ds_var:
  model: t.agg
  inputs:
    t.copy:
      - {id: 1, day: 2024-01-01, price: 1.5}
  vars: {start: 2024-01-01, end: 2024-01-02, start_ds: 'hello'}
  outputs:
    query:
      - {day: 2024-01-01, n: 1, total: 3, s: 'hello', e: '2024-01-02'}
test_other_model:
  model: t.nothere
  inputs: {}
  outputs:
    query: []
`;

/** Outcome by test, as recorded; SQLMesh says nothing of a test whose model is not there. */
export const RECORDED: Readonly<Record<string, 'passed' | 'failed' | 'error'>> = {
  test_agg: 'passed',
  test_agg_factor: 'passed',
  test_agg_no_range: 'passed',
  test_bad_cast: 'error',
  test_bool_int: 'passed',
  test_clock: 'passed',
  test_csv: 'passed',
  test_cte_fails_query_passes: 'failed',
  test_date_with_time: 'passed',
  test_duplicates: 'failed',
  test_empty_expected: 'passed',
  test_empty_expected_wrong: 'failed',
  test_ext_columns: 'passed',
  test_ext_empty: 'error',
  test_ext_null_first: 'error',
  test_ext_unknown_output: 'error',
  test_int_for_text: 'failed',
  test_list_rows_directly: 'passed',
  test_nan: 'passed',
  test_not_partial: 'failed',
  test_ordered: 'passed',
  test_ordered_wrong: 'failed',
  test_partial: 'passed',
  test_partial_in_query: 'passed',
  test_query_input: 'passed',
  test_start_ds_var: 'passed',
  test_text_for_int: 'passed',
  test_types: 'passed',
  test_types_wrong_float: 'failed',
  test_unknown_cte: 'error',
  test_unknown_input: 'error',
  test_unknown_output: 'error',
  test_upper_columns: 'passed',
};
