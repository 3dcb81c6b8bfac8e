import type { ContractQuery } from './types';

/** Types and functions: what values look like. */
export const valueQueries: readonly ContractQuery[] = [
  {
    name: 'null and boolean',
    sql: 'SELECT NULL AS n, true AS t, false AS f, NULL::BOOLEAN AS b',
    rows: [[null, true, false, null]],
  },
  {
    name: 'small integers',
    sql: `
      SELECT (-128)::TINYINT AS a, 255::UTINYINT AS b, (-32768)::SMALLINT AS c, 65535::USMALLINT AS d,
      4294967295::UINTEGER AS e`,
    rows: [[-128, 255, -32768, 65535, 4294967295]],
  },
  {
    name: 'integer limits',
    sql: 'SELECT 2147483647::INTEGER AS a, (-2147483648)::INTEGER AS b',
    rows: [[2147483647, -2147483648]],
  },
  {
    name: 'bigint is text',
    sql: `
      SELECT 9223372036854775807::BIGINT AS a, 18446744073709551615::UBIGINT AS b, count(*) AS c FROM
      range(3)`,
    rows: [['9223372036854775807', '18446744073709551615', '3']],
  },
  {
    name: 'hugeint is text',
    sql: `
      SELECT 170141183460469231731687303715884105727::HUGEINT AS a, sum(i) AS b FROM (VALUES
      (9223372036854775807), (1)) v(i)`,
    rows: [['170141183460469231731687303715884105727', '9223372036854775808']],
  },
  {
    name: 'decimal keeps its scale',
    sql: `
      SELECT 1.50::DECIMAL(5, 2) AS a, 0.1 + 0.2 AS b, (-0.05)::DECIMAL(18, 3) AS c,
      12345678901234567890.12::DECIMAL(38, 2) AS d`,
    rows: [['1.50', '0.3', '-0.050', '12345678901234567890.12']],
  },
  {
    name: 'decimal arithmetic',
    sql: `
      SELECT 1.10 * 3 AS a, 10.00 / 4 AS b, sum(x) AS c, avg(x) AS d FROM (VALUES (0.1), (0.2), (0.3))
      v(x)`,
    rows: [['3.30', 2.5, '0.6', 0.2]],
  },
  {
    name: 'double',
    sql: 'SELECT 0.1::DOUBLE + 0.2::DOUBLE AS a, 1e300 AS b, -0.5e0 AS c',
    rows: [[0.30000000000000004, 1e300, -0.5]],
  },
  {
    name: 'double without a number',
    sql: `SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, '-inf'::DOUBLE AS c, 1 / 0 AS d`,
    rows: [['NaN', 'Infinity', '-Infinity', 'Infinity']],
  },
  {
    name: 'nan is the largest and equals itself',
    sql: `
      SELECT x FROM (VALUES ('nan'::DOUBLE), (1.0), ('inf'::DOUBLE), ('nan'::DOUBLE)) v(x) GROUP BY x
      ORDER BY x DESC`,
    rows: [['NaN'], ['Infinity'], [1]],
  },
  {
    name: 'float',
    sql: 'SELECT 0.5::FLOAT AS a, 16777217::FLOAT AS b',
    rows: [[0.5, 16777216]],
  },
  {
    name: 'date',
    sql: `SELECT DATE '2024-02-29' AS a, DATE '0001-01-01' AS b, DATE '1969-12-31' + 1 AS c`,
    rows: [['2024-02-29', '0001-01-01', '1970-01-01']],
  },
  {
    name: 'time',
    sql: `SELECT TIME '23:59:59.123456' AS a, TIME '00:00:00' AS b`,
    rows: [['23:59:59.123456', '00:00:00']],
  },
  {
    name: 'timestamp keeps microseconds',
    sql: `SELECT TIMESTAMP '2025-03-30 01:02:03.000001' AS a, TIMESTAMP '1969-12-31 23:59:59' AS b`,
    rows: [['2025-03-30 01:02:03.000001', '1969-12-31 23:59:59']],
  },
  {
    name: 'timestamp of other precisions',
    sql: `
      SELECT '2025-01-01 00:00:01'::TIMESTAMP_S AS a, '2025-01-01 00:00:01.5'::TIMESTAMP_MS AS b,
      '2025-01-01 00:00:01.123456789'::TIMESTAMP_NS AS c`,
    rows: [['2025-01-01 00:00:01', '2025-01-01 00:00:01.5', '2025-01-01 00:00:01.123456789']],
  },
  {
    name: 'timestamp with zone reads as UTC',
    needs: ['timeZones'],
    sql: `SELECT TIMESTAMPTZ '2025-07-01 12:00:00+02' AS a, current_setting('TimeZone') AS b`,
    rows: [['2025-07-01 10:00:00+00', 'UTC']],
  },
  {
    name: 'zone conversion',
    needs: ['timeZones'],
    sql: `
      SELECT TIMESTAMP '2025-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin' AS a, TIMESTAMPTZ '2025-01-01
      12:00:00+00' AT TIME ZONE 'Asia/Tokyo' AS b`,
    rows: [['2025-07-01 10:00:00+00', '2025-01-01 21:00:00']],
  },
  {
    name: 'interval as text',
    sql: `
      SELECT (INTERVAL 1 MONTH + INTERVAL 2 DAY + INTERVAL 90 MINUTE)::VARCHAR AS a, (DATE '2025-01-31'
      - DATE '2025-01-01') AS b`,
    rows: [['1 month 2 days 01:30:00', '30']],
  },
  {
    name: 'interval arithmetic',
    sql: `
      SELECT DATE '2024-01-31' + INTERVAL 1 MONTH AS a, TIMESTAMP '2024-03-01 00:00:00' - INTERVAL 1 DAY
      AS b`,
    rows: [['2024-02-29 00:00:00', '2024-02-29 00:00:00']],
  },
  {
    name: 'blob as text',
    sql: `SELECT hex('\\x00\\xFFab'::BLOB) AS a, octet_length('\\x00\\xFF'::BLOB) AS b`,
    rows: [['00FF6162', '2']],
  },
  {
    name: 'uuid as text',
    sql: `SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID::VARCHAR AS a`,
    rows: [['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
  },
  {
    name: 'list',
    sql: `SELECT [1, 2, NULL] AS a, ['a', 'ü'] AS b, []::INTEGER[] AS c, [[1], [2, 3]] AS d`,
    rows: [[[1, 2, null], ['a', 'ü'], [], [[1], [2, 3]]]],
  },
  {
    name: 'struct',
    sql: `SELECT {'a': 1, 'b': 'x', 'c': NULL} AS a, {'n': {'m': [1]}} AS b`,
    rows: [[{ a: 1, b: 'x', c: null }, { n: { m: [1] } }]],
  },
  {
    name: 'map',
    sql: `SELECT map_keys(m) AS k, map_values(m) AS v, m['b'] AS b FROM (SELECT MAP {'a': 1, 'b': 2} AS m)`,
    rows: [[['a', 'b'], [1, 2], 2]],
  },
  {
    name: 'enum',
    sql: `SELECT e::VARCHAR AS e FROM (VALUES ('high'::ENUM('low', 'high')), ('low')) v(e) ORDER BY v.e`,
    rows: [['high'], ['low']],
  },
  {
    name: 'unicode',
    sql: `SELECT 'žluťoučký 🐎 中文' AS a, length('🐎é') AS b, upper('straße') AS c, reverse('añ') AS d`,
    rows: [['žluťoučký 🐎 中文', '2', 'STRAẞE', 'ña']],
  },
  {
    name: 'quotes and line breaks in text',
    sql: `SELECT 'it''s' AS a, 'two' || chr(10) || 'lines' AS b, $$a 'raw' one$$ AS c`,
    rows: [[`it's`, 'two\nlines', `a 'raw' one`]],
  },
  {
    name: 'quoted names',
    sql: 'SELECT 1 AS "a b", 2 AS "ČÁ""x", 3 AS "select" ORDER BY "a b"',
    rows: [[1, 2, 3]],
  },
  {
    name: 'names keep their case and match without it',
    sql: 'SELECT MyCol, MYCOL + 1 AS next FROM (SELECT 1 AS MyCol)',
    rows: [[1, 2]],
  },
  {
    name: 'what looks hexadecimal is a zero with a name; digits may be separated',
    sql: 'SELECT 0xFF, 1_000_000 AS b, 1e3 AS c',
    rows: [[0, 1000000, 1000]],
  },
  {
    name: 'integer and other division',
    sql: 'SELECT 7 // 2 AS a, -7 // 2 AS b, 7 / 2 AS c, 7 % 3 AS d, -7 % 3 AS e',
    rows: [[3, -3, 3.5, 1, -1]],
  },
  {
    name: 'list functions',
    sql: `
      SELECT list_transform([1, 2, 3], lambda x: x * 2) AS a, list_filter([1, 2, 3], lambda x: x > 1) AS
      b, list_sort([3, 1, 2], 'DESC') AS c, list_contains([1, 2], 2) AS d, [1, 2, 3, 4][2:3] AS e`,
    rows: [[[2, 4, 6], [2, 3], [3, 2, 1], true, [2, 3]]],
  },
  {
    name: 'list comprehension and reduce',
    sql: `
      SELECT [x + 1 FOR x IN [1, 2, 3] IF x > 1] AS a, list_reduce([1, 2, 3], lambda acc, x: acc + x) AS
      b, list_aggregate([1, 2], 'sum') AS c`,
    rows: [[[3, 4], 6, '3']],
  },
  {
    name: 'unnest of structs',
    sql: `SELECT unnest([{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}], recursive := true)`,
    rows: [
      [1, 'x'],
      [2, 'y'],
    ],
  },
  {
    name: 'struct functions',
    sql: `
      SELECT s.a AS a, struct_pack(x := 1, y := 'z') AS b, struct_extract(s, 'b') AS c FROM (SELECT
      {'a': 1, 'b': 2} AS s)`,
    rows: [[1, { x: 1, y: 'z' }, 2]],
  },
  {
    name: 'string functions',
    sql: `
      SELECT substring('backfill', 5) AS a, lpad('7', 3, '0') AS b, split_part('a/b/c', '/', 2) AS c,
      trim('  x ') AS d, replace('aba', 'a', 'c') AS e, 'abc'[2] AS f, strpos('abc', 'c') AS g`,
    rows: [['fill', '007', 'b', 'x', 'cbc', 'b', '3']],
  },
  {
    name: 'like and glob',
    sql: `
      SELECT 'teal' LIKE 't%l' AS a, 'Teal' ILIKE 't_al' AS b, '100%' LIKE '100\\%' ESCAPE '\\' AS c,
      'a.sql' GLOB '*.sql' AS d`,
    rows: [[true, true, true, true]],
  },
  {
    name: 'regular expressions',
    sql: `
      SELECT regexp_matches('run-042', '\\d+') AS a, regexp_extract('run-042', '(\\w+)-(\\d+)', 2) AS b,
      regexp_replace('a1b22', '\\d+', '#', 'g') AS c, regexp_extract_all('a1b22', '\\d+') AS d`,
    rows: [[true, '042', 'a#b#', ['1', '22']]],
  },
  {
    name: 'format and printf',
    sql: `SELECT format('{:>5}|{:.2f}', 'ab', 1.005) AS a, printf('%05d', 42) AS b`,
    rows: [['   ab|1.00', '00042']],
  },
  {
    name: 'hashes',
    sql: `SELECT md5('teal') AS a, sha256('teal') AS b`,
    rows: [
      [
        '3c4184e82bb3be8fa32669800fb7373c',
        '2655399acf997bc2ad5346eca205a8b1945e74831d4aac71cafbcfe2a73f093e',
      ],
    ],
  },
  {
    name: 'date functions',
    sql: `
      SELECT date_trunc('month', DATE '2025-03-17') AS a, date_part('isodow', DATE '2025-03-17') AS b,
      date_diff('day', DATE '2024-02-28', DATE '2024-03-01') AS c, last_day(DATE '2024-02-01') AS d,
      make_date(2025, 1, 2) AS e`,
    rows: [['2025-03-01 00:00:00', '1', '2', '2024-02-29', '2025-01-02']],
  },
  {
    name: 'text and dates',
    sql: `
      SELECT strftime(DATE '2025-03-07', '%d/%m/%Y') AS a, strptime('07.03.2025', '%d.%m.%Y') AS b,
      try_cast('2025-02-30' AS DATE) AS c`,
    rows: [['07/03/2025', '2025-03-07 00:00:00', null]],
  },
  {
    name: 'epoch and buckets',
    sql: `
      SELECT epoch_ms(TIMESTAMP '1970-01-02 00:00:00') AS a, make_timestamp(1000000) AS b,
      time_bucket(INTERVAL 15 MINUTE, TIMESTAMP '2025-01-01 10:44:00') AS c`,
    rows: [['86400000', '1970-01-01 00:00:01', '2025-01-01 10:30:00']],
  },
  {
    name: 'series of dates',
    sql: `
      SELECT d::DATE AS d FROM generate_series(DATE '2025-01-30', DATE '2025-02-02', INTERVAL 1 DAY)
      s(d) ORDER BY d`,
    rows: [['2025-01-30'], ['2025-01-31'], ['2025-02-01'], ['2025-02-02']],
  },
  {
    name: 'casts',
    sql: `
      SELECT '42'::INTEGER AS a, try_cast('x' AS INTEGER) AS b, 2.5::INTEGER AS c, 3.5::INTEGER AS d,
      true::INTEGER AS e, 1::VARCHAR AS f`,
    rows: [[42, null, 3, 4, 1, '1']],
  },
  {
    name: 'rounding',
    sql: `
      SELECT round(2.5) AS a, round(-2.5) AS b, round(1234.567, -2) AS c, trunc(2.9) AS d, ceil(2.1) AS
      e, floor(-2.1) AS f`,
    rows: [['3', '-3', '1200', '2', '3', '-3']],
  },
  {
    name: 'greatest, least, bit operations',
    sql: `
      SELECT greatest(1, NULL, 3) AS a, least('b', 'a') AS b, xor(6, 3) AS c, 6 & 3 AS d, 1 << 4 AS e,
      bit_count(255) AS f`,
    rows: [[3, 'a', 5, 2, 16, 8]],
  },
  {
    name: 'type of',
    sql: `
      SELECT typeof(1) AS a, typeof(1.5) AS b, typeof(1e0) AS c, typeof([1]) AS d, typeof({'a': 'x'}) AS
      e, typeof(NULL) AS f`,
    rows: [['INTEGER', 'DECIMAL(2,1)', 'DOUBLE', 'INTEGER[]', 'STRUCT(a VARCHAR)', '"NULL"']],
  },
  {
    name: 'limit and offset',
    sql: 'SELECT i FROM range(10) r(i) ORDER BY i DESC LIMIT 2 OFFSET 3',
    rows: [['6'], ['5']],
  },
  {
    name: 'json',
    needs: ['json'],
    sql: `SELECT '{"a": [1, {"b": "x"}]}'::JSON -> '$.a[1].b' AS a, '{"a": 1}'::JSON ->> 'a' AS b`,
    rows: [['"x"', '1']],
  },
];
