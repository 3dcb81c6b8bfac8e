import type { Field } from 'apache-arrow';
import { authored, columnList, id, join, sql } from '../../../shared/sql/sql';
import { hasEnum } from './batches';

/** The query with its columns of words from a list as text: the engine sends their numbers without the list. */
export function castEnums(query: string, fields: readonly Field[]): string {
  const names = fields.map((_, index) => `c${index}`);
  const shown = fields.map((field, index) => {
    const name = id(names[index] ?? '');
    return hasEnum(field)
      ? sql`CAST(${name} AS VARCHAR) AS ${id(field.name)}`
      : sql`${name} AS ${id(field.name)}`;
  });
  return sql`SELECT ${join(shown)} FROM (${authored(query)}) AS shown_rows(${columnList(names)})`.text;
}
