const NAMES = [
  ...['not_null', 'unique_values', 'accepted_values', 'number_of_rows', 'forall', 'accepted_range'],
  ...['at_least_one', 'not_constant', 'not_empty_string', 'not_null_proportion', 'not_accepted_values'],
  ...['sequential_values', 'unique_combination_of_columns', 'mutually_exclusive_ranges', 'valid_uuid'],
  ...['valid_url', 'valid_http_method', 'valid_email', 'match_regex_pattern_list'],
  ...['not_match_regex_pattern_list', 'match_like_pattern_list', 'not_match_like_pattern_list', 'z_score'],
  ...['string_length_between', 'string_length_equal', 'stddev_in_range', 'mean_in_range', 'kl_divergence'],
  'chi_square',
];

const BUILT_IN: ReadonlySet<string> = new Set(NAMES.flatMap((name) => [name, `${name}_non_blocking`]));

/** Whether SQLMesh brings an audit of this name. */
export function isBuiltInAudit(name: string): boolean {
  return BUILT_IN.has(name);
}
