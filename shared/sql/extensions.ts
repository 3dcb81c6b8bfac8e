import { codeTokens, type Token } from './lexer';

/** What an engine may lack of DuckDB: the functions of the extensions that are built into the native one. */
export type Extension = 'json' | 'icu' | 'parquet';

/** A function, type or operator of an extension that a text uses, and where its word begins. */
export interface ExtensionUse {
  readonly name: string;
  readonly extension: Extension;
  readonly start: number;
}

/** Functions by the extension that brings them, as `duckdb_functions()` lists them natively and not in the browser. */
export const EXTENSION_FUNCTIONS: Readonly<Record<Extension, readonly string[]>> = {
  json: [
    'array_to_json',
    'from_json',
    'from_json_strict',
    'json',
    'json_array',
    'json_array_length',
    'json_contains',
    'json_deserialize_sql',
    'json_each',
    'json_execute_serialized_sql',
    'json_exists',
    'json_extract',
    'json_extract_path',
    'json_extract_path_text',
    'json_extract_string',
    'json_group_array',
    'json_group_object',
    'json_group_structure',
    'json_keys',
    'json_merge_patch',
    'json_object',
    'json_pretty',
    'json_quote',
    'json_serialize_plan',
    'json_serialize_sql',
    'json_structure',
    'json_transform',
    'json_transform_strict',
    'json_tree',
    'json_type',
    'json_valid',
    'json_value',
    'read_json',
    'read_json_auto',
    'read_json_objects',
    'read_json_objects_auto',
    'read_ndjson',
    'read_ndjson_auto',
    'read_ndjson_objects',
    'row_to_json',
    'to_json',
  ],
  icu: [
    'current_localtime',
    'current_localtimestamp',
    'get_current_time',
    'icu_calendar_names',
    'icu_sort_key',
    'make_timestamptz',
    'pg_timezone_names',
  ],
  parquet: [
    'parquet_bloom_probe',
    'parquet_file_metadata',
    'parquet_full_metadata',
    'parquet_kv_metadata',
    'parquet_metadata',
    'parquet_schema',
    'variant_to_parquet_variant',
  ],
};

/** Words that call a function of ICU without parentheses. */
const BARE = new Set(['localtime', 'localtimestamp', 'current_time']);

const extensionOf = new Map<string, Extension>(
  Object.entries(EXTENSION_FUNCTIONS).flatMap(([extension, names]) =>
    names.map((name) => [name, extension as Extension] as const),
  ),
);

/** Everything in a query that needs an extension, in the order of the text. Casts that only time zones allow are not seen. */
export function extensionUses(text: string): readonly ExtensionUse[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const found = useAt(tokens, index);
    return found ? [{ ...found, start: token.start }] : [];
  });
}

/** Places that ask for the day of the moment: `current_date` and `today()`; a column of that name is none. */
export function currentDates(text: string): readonly { readonly start: number; readonly end: number }[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (!(word === 'current_date' || word === 'today') || isName(tokens, index)) return [];
    const called = tokens[index + 1]?.text === '(' && tokens[index + 2]?.text === ')';
    if (word === 'today' && !called) return [];
    return [{ start: token.start, end: (called ? tokens[index + 2] : token)?.end ?? token.end }];
  });
}

function useAt(tokens: readonly Token[], index: number): Omit<ExtensionUse, 'start'> | undefined {
  const token = tokens[index];
  if (token?.kind === 'symbol') return token.text === '->>' ? { name: '->>', extension: 'json' } : undefined;
  if (token?.kind !== 'word') return undefined;
  const word = token.text.toLowerCase();
  const before = tokens[index - 1]?.text.toLowerCase();
  const called = extensionOf.get(word);
  if (called && tokens[index + 1]?.text === '(') return { name: word, extension: called };
  if (word === 'json' && before === '::') return { name: 'JSON', extension: 'json' };
  if (word === 'json' && before === 'as' && tokens[index + 1]?.text === ')')
    return { name: 'JSON', extension: 'json' };
  if (word === 'at' && isWord(tokens[index + 1], 'time') && isWord(tokens[index + 2], 'zone'))
    return { name: 'AT TIME ZONE', extension: 'icu' };
  return BARE.has(word) && !isName(tokens, index) ? { name: word, extension: 'icu' } : undefined;
}

// `t.current_date`, `AS today`, `current_date.x` are names.
function isName(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text.toLowerCase();
  return before === '.' || before === 'as' || tokens[index + 1]?.text === '.';
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
