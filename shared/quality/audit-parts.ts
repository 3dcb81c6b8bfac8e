import type { Sql } from '../sql/sql';

/** The arguments of an audit by name, as SQL texts. */
export type Arguments = Readonly<Record<string, string>>;

/** What a built-in audit is made from; a lacking argument is a fault. */
export interface AuditParts {
  /** the audited rows, fit to stand behind FROM */
  readonly rows: Sql;
  /** limits the rows that are looked at; `TRUE` where the call gives none */
  readonly condition: Sql;
  one(name: string): Sql;
  list(name: string): readonly Sql[];
  optional(name: string): Sql | undefined;
  flag(name: string, otherwise: boolean): boolean;
}
