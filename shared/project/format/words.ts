import type { Token } from '../../sql/lexer';

/** How functions are spelled: `upper` and `lower` hold for all, `usual` for those that SQLMesh's formatter knows. */
export type FunctionCase = 'usual' | 'upper' | 'lower';

const set = (words: string) => new Set(words.split(' '));

/** DuckDB's reserved words: without quotes none of them can be a column's name. */
const RESERVED = set(
  'all and any array as asc asymmetric both case cast check collate default desc distinct do else end except false fetch for from group having in intersect into lateral leading limit not null offset on only or order pivot placing qualify select some symmetric table then to trailing true union unique unpivot using when where window with',
);
const JOINS = set('left right full inner outer cross natural asof positional semi anti');
const OPERATORS = set('between like ilike is similar glob');
const TYPES = set(
  'bigint bit blob bool boolean bytea char date decimal double enum float float4 float8 hugeint int int1 int2 int4 int8 integer interval json list long map numeric real short signed smallint struct text time timestamp timestamptz timestamp_s timestamp_ms timestamp_ns tinyint ubigint uhugeint uinteger union usmallint utinyint uuid varchar varbinary varint',
);
/** Functions that SQLMesh's formatter writes in capitals, all else being as it was. */
const FUNCTIONS = set(
  'abs acos acosh any_value approx_count_distinct approx_quantile arg_max arg_min array_agg array_contains array_intersect array_length array_position array_reverse array_slice array_to_string ascii asin asinh atan atan2 atanh avg bit_and bit_length bit_or bit_xor cast cbrt ceil chr coalesce concat concat_ws contains corr cos cosh cot count count_if covar_pop covar_samp cume_dist day dayname dayofmonth dayofweek dayofyear decode degrees dense_rank encode ends_with epoch epoch_ms exists exp extract factorial first first_value flatten floor from_base64 generate_series get_bit greatest hex hour isinf isnan jaro_winkler_similarity json_array json_keys json_object json_type kurtosis lag last last_day last_value lead least left length levenshtein list_append list_concat list_distinct list_filter list_max list_min list_prepend list_sort list_transform listagg ln log lower lpad ltrim make_date make_time make_timestamp map map_from_entries map_keys max md5 median min minute mode month monthname nth_value ntile nullif percent_rank pi power quantile quantile_cont quantile_disc quarter radians random rank regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace repeat replace reverse right round row_number rpad rtrim second sha1 sha256 sign sin sinh skewness split_part sqrt starts_with stddev stddev_pop stddev_samp str_split str_split_regex strftime strpos strptime struct_extract substring sum tan tanh time_bucket to_base64 to_days to_timestamp translate trim trunc try_cast typeof unhex unicode unnest upper uuid var_pop variance week weekofyear xor year',
);

/** The new spelling of words by where they start; a word that may be somebody's name is left as it is. */
export function spellWords(tokens: readonly Token[], functions: FunctionCase): ReadonlyMap<number, string> {
  const spelling = new Map<number, string>();
  const calls: string[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'symbol' && token.text === '(') calls.push(wordAt(tokens, index - 1));
    if (token.kind === 'symbol' && token.text === ')') calls.pop();
    if (token.kind !== 'word') return;
    const inCast = ['cast', 'try_cast'].includes(calls.at(-1) ?? '');
    const text = spell(tokens, index, { functions, inCast });
    if (text !== token.text) spelling.set(token.start, text);
  });
  return spelling;
}

/** The same for a text that is a type, such as `decimal(9, 2)`. */
export function spellTypes(tokens: readonly Token[]): ReadonlyMap<number, string> {
  const types = tokens.filter((token) => token.kind === 'word' && TYPES.has(token.text.toLowerCase()));
  return new Map(types.map((token) => [token.start, token.text.toUpperCase()]));
}

function spell(
  tokens: readonly Token[],
  index: number,
  where: { readonly functions: FunctionCase; readonly inCast: boolean },
): string {
  const text = tokens[index]?.text ?? '';
  const word = text.toLowerCase();
  const before = textAt(tokens, index - 1);
  const after = textAt(tokens, index + 1);
  if (before === '.' || after === '.' || after === ':=' || after === '=>') return text;
  if (after === ':' && (before === '{' || before === ',')) return text;
  if (before === '::' || (where.inCast && before === 'as') || tokens[index + 1]?.kind === 'string')
    if (TYPES.has(word)) return text.toUpperCase();
  if (before === 'as' && !(after === '(' || word === 'not' || word === 'materialized')) return text;
  if (RESERVED.has(word) || isContextual(tokens, index)) return text.toUpperCase();
  if (after !== '(' || before === 'as') return text;
  if (where.functions === 'upper') return text.toUpperCase();
  if (where.functions === 'lower') return text.toLowerCase();
  return FUNCTIONS.has(word) ? text.toUpperCase() : text;
}

/** Whether a word that could be a name is one of the language where it stands. */
function isContextual(tokens: readonly Token[], index: number): boolean {
  const word = wordAt(tokens, index);
  const before = textAt(tokens, index - 1);
  const after = textAt(tokens, index + 1);
  if (word === 'join') return true;
  if (JOINS.has(word)) return leadsToJoin(tokens, index);
  if (word === 'by') return ['group', 'order', 'partition', 'union', 'all'].includes(before);
  if (word === 'partition') return after === 'by';
  if (word === 'over' || word === 'filter') return before === ')' && after === '(';
  if (OPERATORS.has(word)) return isOperand(tokens[index - 1], before) && ![',', ')', ''].includes(after);
  if (word === 'rows' || word === 'range' || word === 'groups')
    return ['between', 'unbounded', 'current'].includes(after);
  if (word === 'unbounded') return after === 'preceding' || after === 'following';
  if (word === 'preceding' || word === 'following')
    return before === 'unbounded' || before === 'row' || tokens[index - 1]?.kind === 'number';
  if (word === 'current') return after === 'row';
  if (word === 'row') return before === 'current';
  if (word === 'nulls') return after === 'first' || after === 'last';
  if (word === 'first' || word === 'last') return before === 'nulls';
  if (word === 'recursive' || word === 'ordinality') return before === 'with';
  if (word === 'materialized') return after === '(' && (before === 'as' || before === 'not');
  if (word === 'exclude' || word === 'replace' || word === 'rename') return before === '*' && after === '(';
  if (word === 'interval')
    return tokens[index + 1]?.kind === 'string' || tokens[index + 1]?.kind === 'number';
  return word === 'values' ? after === '(' : false;
}

function leadsToJoin(tokens: readonly Token[], index: number): boolean {
  let next = index + 1;
  while (JOINS.has(wordAt(tokens, next))) next++;
  return wordAt(tokens, next) === 'join';
}

function isOperand(token: Token | undefined, text: string): boolean {
  if (!token) return false;
  if (token.kind === 'symbol') return text === ')' || text === ']' || text === '}';
  return (
    token.kind !== 'word' || !RESERVED.has(text) || ['not', 'null', 'true', 'false', 'end'].includes(text)
  );
}

function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

function textAt(tokens: readonly Token[], index: number): string {
  return tokens[index]?.text.toLowerCase() ?? '';
}
