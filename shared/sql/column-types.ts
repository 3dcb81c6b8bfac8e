const NAMES = new Map(
  Object.entries({
    text: 'varchar string char bpchar nvarchar',
    int: 'integer int4 signed int32',
    bigint: 'int8 long int64',
    smallint: 'int2 short int16',
    tinyint: 'int1',
    double: 'float8',
    real: 'float4 float',
    boolean: 'bool logical',
    decimal: 'numeric dec',
    timestamp: 'datetime',
    timestamptz: 'timestampwithtimezone',
    blob: 'bytea binary varbinary',
  }).flatMap(([name, others]) => others.split(' ').map((other) => [other, name] as const)),
);

/** The one name that this program compares a type of DuckDB by, in lower case: `text` for `VARCHAR`. */
export function typeName(word: string): string {
  return NAMES.get(word) ?? word;
}

/** Whether a column's values stay when its type changes: where the type is the same, or a decimal becomes wider. */
export function keepsValues(before: string, now: string): boolean {
  const [old, fresh] = [parts(before), parts(now)];
  if (old.name !== fresh.name || old.rest !== fresh.rest) return false;
  return old.name === 'decimal'
    ? old.sizes.every((size, at) => size <= (fresh.sizes[at] ?? 0))
    : old.sizes.join() === fresh.sizes.join();
}

/** Whether two types are the same, however they are spelled. */
export function sameType(left: string, right: string): boolean {
  return keepsValues(left, right) && keepsValues(right, left);
}

function parts(type: string): { name: string; sizes: readonly number[]; rest: string } {
  const plain = type.toLowerCase().replace(/\s+/g, '');
  const match = /^([a-z_0-9]+?)(?:\((\d+)(?:,(\d+))?\))?((?:\[\d*\])*)$/.exec(plain);
  if (!match) return { name: plain, sizes: [], rest: '' };
  const [, word = '', first, second, rest = ''] = match;
  const name = typeName(word);
  if (name === 'text') return { name, sizes: [], rest };
  if (name === 'decimal')
    return { name, sizes: [Number(first ?? 18), Number(second ?? (first ? 0 : 3))], rest };
  return { name, sizes: first ? [Number(first)] : [], rest };
}
