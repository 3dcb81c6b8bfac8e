MODEL (name apiary.checked, kind FULL, audits (
  not_null(columns := (id, name)), at_least_one(column := mail), unique_values(columns := (id), condition := id > 0), not_null_proportion(column := mail, threshold := 0.5),
  not_constant(column := kind), accepted_values(column := kind, is_in := ('worker', 'queen')), not_accepted_values(column := kind, is_in := ('wasp')), accepted_range(column := weight, min_v := 0, max_v := 10),
  accepted_range(column := weight, min_v := 0.1, inclusive := FALSE), mutually_exclusive_ranges(lower_bound_column := lo, upper_bound_column := hi), sequential_values(column := n, interval := 1), forall(criteria := (weight > 0, LENGTH(name) > 1), condition := kind = 'worker'),
  match_regex_pattern_list(column := name, patterns := ('^[a-z]', 'x')), not_match_regex_pattern_list(column := name, patterns := ('^[0-9]')), match_like_pattern_list(column := name, patterns := ('a%', '%e%')), not_match_like_pattern_list(column := name, patterns := ('z%')),
  valid_uuid(column := uid), valid_email(column := mail), valid_url(column := url), valid_http_method(column := meth), string_length_between(column := name, min_v := 2, max_v := 9), string_length_equal(column := code, v := 2), not_empty_string(column := name),
  mean_in_range(column := weight, min_v := 1, max_v := 5), stddev_in_range(column := weight, min_v := 0, max_v := 50), z_score(column := weight, threshold := 3),
  unique_combination_of_columns(columns := (id, name)), number_of_rows(threshold := 2, blocking := FALSE), light(limit := 2.5, column := weight), light_non_blocking(limit := 100), heavier(blocking := FALSE)
));
SELECT id, name, kind, weight, born, mail, uid, url, n, id * 10 AS lo, id * 10 + 5 AS hi, 'GET' AS meth, 'ab' AS code FROM apiary.bees;

AUDIT (name heavier, defaults (limit = 1));
SELECT * FROM @this_model WHERE weight <= @limit;
