import { Fault } from '../../shared/base/errors';
import { numberOf } from '../../shared/base/rows';
import type { Session } from '../../shared/engine/contract';
import type { AuditCall } from '../../shared/project/model';
import { readModel } from '../../shared/project/read-model';
import { builtInAudit } from '../../shared/quality/audits';
import { authored, id, sql } from '../../shared/sql/sql';

/** The table that the cases look at. */
export const ROWS = authored(`CREATE SCHEMA t;
CREATE TABLE t.m AS SELECT * FROM (VALUES
 (1, 'a@b.co', 'GET', 'https://x.org/a', '6f1c0e9a-2b3c-4d5e-8f90-123456789abc', 10.0, 'red', 'small', DATE '2024-01-01', DATE '2024-01-03', 1),
 (2, 'bad', 'PUT', 'ftp://y.z', 'nonsense', 12.5, 'red', 'large', DATE '2024-01-03', DATE '2024-01-05', 2),
 (2, 'c@d.e', 'FETCH', 'x.org', '6F1C0E9A-2B3C-1D5E-9F90-123456789ABC', 11.0, 'blue', 'large', DATE '2024-01-04', DATE '2024-01-09', 4),
 (4, '', NULL, '', NULL, NULL, 'blue', 'small', DATE '2024-01-09', DATE '2024-01-08', 5),
 (NULL, NULL, 'POST', NULL, '', 90.0, NULL, 'small', DATE '2024-02-01', NULL, 6),
 (NULL, 'a b@c.d', 'get', 'http://q.r/ s', '6f1c0e9a-2b3c-6d5e-8f90-123456789abc', 11.5, 'red', NULL, DATE '2024-02-02', DATE '2024-02-03', 8)
) AS r(id, email, method, url, uuid, price, colour, size, low, high, seq)`);

/** A call of a built-in audit, and how many rows SQLMesh 0.236.4 found on the table of the test; null where it refuses the call. */
export const CASES: readonly (readonly [string, number | null])[] = [
  ['not_null(columns := (id))', 2],
  ['not_null(columns := id)', 2],
  ['not_null(columns := (id, colour))', 2],
  ['not_null(columns=[id, colour])', 2],
  ['NOT_NULL(columns => (id, seq))', null],
  ['not_null(columns := (id), condition := seq > 5)', 2],
  ['not_null_non_blocking(columns := (id))', 2],
  ['not_null(columns := (seq))', 0],
  ["not_null(columns := (id), condition := colour = 'red' or seq = 6)", 2],
  ['unique_values(columns := (id))', 2],
  ['unique_values(columns := (seq))', 0],
  ['unique_values(columns := (id), condition := id is not null)', 1],
  ['unique_values(columns = id)', 2],
  ["accepted_values(column := colour, is_in := ('red', 'blue'))", 0],
  ["accepted_values(column := colour, is_in := ('red'))", 2],
  ["accepted_values(column := colour, is_in = ['red'])", 2],
  ["accepted_values(column := colour, is_in := ('blue'), condition := seq > 1)", 2],
  ['accepted_values(column := id, is_in := (1, 2))', 1],
  ["accepted_values(column := colour, is_in := ('red', NULL))", 0],
  ["not_accepted_values(column := colour, is_in := ('red'))", 3],
  ["not_accepted_values(column := colour, is_in := ('red', 'green'), condition := seq < 3)", 2],
  ["not_accepted_values(column := colour, is_in := ['blue'])", 2],
  ['number_of_rows(threshold := 5)', 0],
  ['number_of_rows(threshold := 6)', 1],
  ['number_of_rows(threshold := 100)', 1],
  ["number_of_rows(threshold := 2, condition := colour = 'blue')", 1],
  ["number_of_rows(threshold := 0, condition := colour = 'green')", 1],
  ['number_of_rows(threshold := 1 + 4)', 0],
  ['forall(criteria := (seq > 1, id is not null))', 3],
  ['forall(criteria := (seq > 1))', 1],
  ['forall(criteria := seq > 1)', 1],
  ["forall(criteria := (price > 11), condition := colour = 'red')", 1],
  ['forall(criteria = (id > 1 or seq > 1, price < 50))', 2],
  ['forall(criteria := [seq < 8, seq > 0])', 1],
  ['forall(criteria := ((seq > 1) and (id > 0), seq in (1, 2)))', 5],
  ['accepted_range(column := price, min_v := 11)', 1],
  ['accepted_range(column := price, min_v := 11, max_v := 50)', 2],
  ['accepted_range(column := price, max_v := 12.5)', 1],
  ['accepted_range(column := price, max_v := 12.5, inclusive := false)', 2],
  ['accepted_range(column := price, min_v := 11, max_v := 12.5, inclusive := false)', 4],
  ['accepted_range(column := price, min_v := 11, condition := seq > 2)', 0],
  ['accepted_range(column := price)', 6],
  ['accepted_range(column := price, min_v := 0, max_v := 100)', 0],
  ['accepted_range(column := price, min_v := 10, max_v := 100, inclusive := False)', 1],
  ["accepted_range(column := low, min_v := '2024-01-03'::date)", 1],
  ['accepted_range(column := seq, min_v := id)', 0],
  ['accepted_range(column := price, min_v := -1, max_v = 20)', 1],
  ['at_least_one(column := id)', 0],
  ['at_least_one(column := id, condition := seq >= 6)', 1],
  ['at_least_one(column := id, condition := seq > 100)', 0],
  ['not_constant(column := colour)', 0],
  ['not_constant(column := colour, condition := seq < 3)', 1],
  ['not_constant(column := colour, condition := seq > 100)', 1],
  ['not_empty_string(column := email)', 1],
  ['not_empty_string(column := url, condition := seq < 3)', 0],
  ['not_null_proportion(column := id, threshold := 0.6)', 0],
  ['not_null_proportion(column := id, threshold := 0.7)', 1],
  ['not_null_proportion(column := id, threshold := 0.5, condition := seq > 5)', 1],
  ['not_null_proportion(column := seq, threshold := 1)', 1],
  ['not_null_proportion(column := seq, threshold := 1, condition := seq > 100)', 1],
  ['sequential_values(column := seq)', 2],
  ['sequential_values(column := seq, interval := 2)', 3],
  ['sequential_values(column := seq, condition := seq in (4, 5, 6))', 0],
  ['sequential_values(column := id, interval = 1)', 2],
  ['unique_combination_of_columns(columns := (id, colour))', 0],
  ['unique_combination_of_columns(columns := (size, colour))', 0],
  ['unique_combination_of_columns(columns := (id))', 2],
  ['unique_combination_of_columns(columns := id)', 2],
  ['unique_combination_of_columns(columns := (id), condition := id is not null)', 1],
  ['mutually_exclusive_ranges(lower_bound_column := low, upper_bound_column := high)', 3],
  [
    'mutually_exclusive_ranges(lower_bound_column := low, upper_bound_column := high, condition := seq in (1, 2))',
    0,
  ],
  [
    'mutually_exclusive_ranges(lower_bound_column := low, upper_bound_column := high, partition_clause := partition by colour)',
    null,
  ],
  [
    "mutually_exclusive_ranges(lower_bound_column := low, upper_bound_column := high, partition_clause := 'partition by colour')",
    null,
  ],
  ['valid_uuid(column := uuid)', 3],
  ['valid_uuid(column := uuid, condition := seq < 3)', 1],
  ['valid_url(column := url)', 3],
  ['valid_url(column := url, condition := seq > 2)', 3],
  ['valid_http_method(column := method)', 2],
  ['valid_email(column := email)', 3],
  ['valid_email(column := email, condition := seq > 5)', 1],
  ["match_regex_pattern_list(column := email, patterns := ('^a', 'd'))", 1],
  ["match_regex_pattern_list(column := email, patterns := ('@'))", 2],
  ["match_regex_pattern_list(column := email, patterns := '@', condition := seq < 5)", 1],
  ["match_regex_pattern_list(column := url, patterns := ('^https?://', '\\.z$'))", 2],
  ["not_match_regex_pattern_list(column := email, patterns := ('^a', 'd'))", 4],
  ["not_match_regex_pattern_list(column := email, patterns := ['^a'])", 2],
  ["match_like_pattern_list(column := email, patterns := ('a%', '%d%'))", 1],
  ["match_like_pattern_list(column := email, patterns := ('%@%'))", 2],
  ["not_match_like_pattern_list(column := email, patterns := ('a%', '%d%'))", 4],
  ["not_match_like_pattern_list(column := email, patterns := ('a%'), condition := seq < 2)", 1],
  ['z_score(column := price, threshold := 1)', 1],
  ['z_score(column := price, threshold := 2)', 0],
  ['z_score(column := price, threshold := 1, condition := price < 50)', 3],
  ['string_length_between(column := email, min_v := 1, max_v := 5)', 3],
  ['string_length_between(column := email, max_v := 6, inclusive := false)', 2],
  ['string_length_between(column := email, min_v := 3, condition := seq < 3)', 0],
  ['string_length_between(column := email)', 6],
  ['string_length_equal(column := email, v := 6)', 4],
  ['string_length_equal(column := email, v := 6, condition := seq < 3)', 1],
  ['stddev_in_range(column := price, min_v := 30, max_v := 40)', 0],
  ['stddev_in_range(column := price, min_v := 50)', 1],
  ['stddev_in_range(column := price, max_v := 1)', 1],
  ['stddev_in_range(column := price, max_v := 2, condition := price < 50)', 0],
  ['stddev_in_range(column := seq, min_v := 1, inclusive := false)', 0],
  ['mean_in_range(column := price, min_v := 27, max_v := 27)', 0],
  ['mean_in_range(column := price, min_v := 27, max_v := 30, inclusive := false)', 1],
  ['mean_in_range(column := price, min_v := 30)', 1],
  ['mean_in_range(column := price, max_v := 12, condition := price < 50)', 0],
  ['mean_in_range(column := price)', 1],
  ['kl_divergence(source_column := colour, target_column := size, threshold := 0.1)', null],
  ['kl_divergence(source_column := id, target_column := seq, threshold := 0.01)', null],
  ['kl_divergence(source_column := id, target_column := seq, threshold := 10)', null],
  ['kl_divergence(source_column := colour, target_column := method, threshold := 0.1)', null],
  ['chi_square(column_a := colour, column_b := size, critical_value := 3.84)', 1],
  ['chi_square(column_a := colour, column_b := size, critical_value := 3.84, dependent := false)', 0],
  ['chi_square(column_a := colour, column_b := size, critical_value := 0.01, dependent := false)', 0],
  ['chi_square(column_a := colour, column_b := size, critical_value := 0.01, condition := seq < 5)', 0],
  ['not_null(column := id)', null],
  ['unique_values(column := id)', null],
  ["accepted_values(column := colour, is_in := 'red')", null],
  ["accepted_values(column := lower(colour), is_in := ('red'))", 2],
  ['not_null(columns := (t.m.id))', 2],
  ['accepted_range(column := price, min_v := 11, max_v := NULL)', 1],
  ['accepted_range(column := price / 2, max_v := 6)', 2],
  ['not_null(columns := ("id"))', 2],
  ['not_null(columns := ())', null],
  ["string_length_equal(column := colour || 'x', v := 4)", 2],
  ['unique_combination_of_columns(columns := (id % 2, colour))', 1],
  ['accepted_range(column := price, min_v := 11, inclusive := 0)', 2],
  ['not_null(columns := (id), blocking := false)', 2],
  ['not_null(columns := (id), blocking = False)', 2],
  ['unique_values(columns := (coalesce(id, 0)))', 2],
  ["valid_email(column := coalesce(email, 'x'))", 4],
  [
    'mutually_exclusive_ranges(lower_bound_column := low, upper_bound_column := high, partition_clause := false)',
    3,
  ],
  ['chi_square(column_a := colour, column_b := size, critical_value := 0.3, dependent := true)', 1],
];

/** The audit call of a model, as it is read from its MODEL block. */
export function readCall(call: string): AuditCall {
  const text = `MODEL (\n  name t.m,\n  kind FULL,\n  audits (${call})\n);\n\nSELECT 1 AS id\n`;
  const model = readModel('models/t/m.sql', text, { start: null, cron: '@daily', kind: 'VIEW' });
  const [first] = model && 'audits' in model ? model.audits : [];
  if (!first) throw new Error(`No audit was read from ${call}.`);
  return first;
}

/** How many rows of the table fail a call, or the code of what is wrong with it. */
export async function failingRows(session: Session, call: string): Promise<number | string> {
  const { name, arguments: args } = readCall(call);
  try {
    const query = builtInAudit(name, args, id('t', 'm'));
    const [row] = await session.rows(sql`SELECT count(*) AS n FROM (${query}) AS audited`);
    return row ? numberOf(row, 'n') : 0;
  } catch (error) {
    if (error instanceof Fault) return error.problem.code;
    throw error;
  }
}
