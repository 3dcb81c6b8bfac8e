/** A piece of SQL that may run or stand inside another; made only by this room, so every name and value in it is quoted. */
export class Sql {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: fragments as they are, values as literals. */
export type SqlPart = Sql | string | number | bigint | boolean | null | Date | readonly string[];

/**
 * Builds SQL: fragments (`Sql`) go in as they are, every other value as a literal, never as a name.
 * `sql\`SELECT ${id('a')} FROM ${table} WHERE x = ${value}\``
 */
export function sql(strings: TemplateStringsArray, ...parts: SqlPart[]): Sql {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    text += (part instanceof Sql ? part.text : literal(part)) + (strings[index + 1] ?? '');
  });
  return new Sql(text);
}

/** An identifier of one or more parts, each quoted: `id('mart', 'sales')` is `"mart"."sales"`. */
export function id(...parts: readonly string[]): Sql {
  return new Sql(parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'));
}

/** SQL that a person wrote, taken as it stands. */
export function authored(text: string): Sql {
  return new Sql(text);
}

/** Fragments with a separator between them. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  return new Sql(parts.map((part) => part.text).join(separator));
}

/** Column names, quoted, with commas. */
export function columnList(names: readonly string[], from?: string): Sql {
  return join(names.map((name) => (from === undefined ? id(name) : id(from, name))));
}

/** A value of a stated type: `typed('DATE', '2025-02-01')` is `DATE '2025-02-01'`. */
export function typed(type: 'DATE' | 'TIMESTAMP' | 'TIMESTAMPTZ' | 'INTERVAL', value: string): Sql {
  return new Sql(`${type} ${literal(value)}`);
}

function literal(value: Exclude<SqlPart, Sql>): string {
  if (value === null) return 'NULL';
  if (value instanceof Date) return `TIMESTAMP '${value.toISOString().replace('T', ' ').replace('Z', '')}'`;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]`;
  return String(value);
}
