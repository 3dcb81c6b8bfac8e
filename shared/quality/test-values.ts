import { authored, id, join, type Sql, sql } from '../sql/sql';

/** A date or time that a test file writes without quotes; `text` is as SQL reads it. */
export class TestMoment {
  constructor(readonly text: string) {}

  get hasTime(): boolean {
    return this.text.length > 10;
  }
}

/** A value of a test file: what YAML gives, dates and times kept apart from text, whole numbers exact. */
export type TestValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | TestMoment
  | readonly TestValue[]
  | { readonly [field: string]: TestValue };

export type TestRow = Readonly<Record<string, TestValue>>;

/** A value as SQL of a stated type. */
export function valueSql(value: TestValue, type: string): Sql {
  return sql`CAST(${literalSql(value, type)} AS ${authored(type)})`;
}

/** The type that a value alone tells of; undefined for NULL, which tells nothing. */
export function typeOfValue(value: TestValue): string | undefined {
  if (value === null || Number.isNaN(value)) return undefined;
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'bigint')
    return value >= -2_147_483_648n && value <= 2_147_483_647n ? 'INTEGER' : 'BIGINT';
  if (typeof value === 'number') return 'DOUBLE';
  if (typeof value === 'string') return 'VARCHAR';
  if (value instanceof TestMoment)
    return value.hasTime ? (/[+-]\d\d(:\d\d)?$/.test(value.text) ? 'TIMESTAMPTZ' : 'TIMESTAMP') : 'DATE';
  if (Array.isArray(value)) {
    const inner = value.map(typeOfValue).find((type) => type !== undefined);
    return inner === undefined ? undefined : `${inner}[]`;
  }
  const fields = Object.entries(value).map(
    ([name, field]) => sql`${id(name)} ${authored(typeOfValue(field) ?? 'VARCHAR')}`,
  );
  return sql`STRUCT(${join(fields)})`.text;
}

function literalSql(value: TestValue, type: string): Sql {
  if (value === null || Number.isNaN(value)) return sql`NULL`;
  if (value instanceof TestMoment) return sql`${value.text}`;
  if (typeof value !== 'object') return sql`${value}`;
  if (Array.isArray(value)) return sql`[${join(value.map((one) => literalSql(one, '')))}]`;
  const entries = Object.entries(value);
  if (/^MAP\b/i.test(type)) {
    const [keys, values] = [
      entries.map(([key]) => sql`${key}`),
      entries.map(([, one]) => literalSql(one, '')),
    ];
    return sql`MAP([${join(keys)}], [${join(values)}])`;
  }
  const fields = entries.map(([key, one]) => sql`${key}: ${literalSql(one, '')}`);
  return fields.length > 0 ? sql`{${join(fields)}}` : sql`NULL`;
}
