import type { Problem } from '../base/errors';
import type { FileReference, TableReference } from '../sql/references';

/** How a model is kept. */
export type ModelKind =
  | { readonly name: 'FULL' }
  | { readonly name: 'VIEW' }
  | { readonly name: 'SEED'; readonly path: string; readonly csv: Readonly<Record<string, string>> }
  | {
      readonly name: 'INCREMENTAL_BY_TIME_RANGE';
      readonly timeColumn: string;
      /** strftime format where the time column is text or a number; null for DATE and TIMESTAMP */
      readonly timeFormat: string | null;
      readonly batchSize: number | null;
      readonly lookback: number;
    }
  | {
      readonly name: 'INCREMENTAL_BY_UNIQUE_KEY';
      readonly uniqueKey: readonly string[];
      readonly batchSize: number | null;
      readonly lookback: number;
    };

/** One property of a MODEL block as it stands: offsets into the file's text. */
export interface BlockProperty {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

/** A check that a model's rows must pass; `arguments` are SQL texts by name. */
export interface AuditCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** overrules the audit's own setting where given */
  readonly blocking: boolean | null;
}

/** One SQL query with its MODEL block. Names are in lower case, `schema.table`. */
export interface Model {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly kind: ModelKind;
  readonly cron: string;
  /** first moment of its history in ms UTC; null where neither model nor config gives one */
  readonly start: number | null;
  /** first moment after its history, where the model ends; null while it goes on */
  readonly end: number | null;
  readonly owner: string;
  readonly description: string;
  readonly grain: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly columnDescriptions: Readonly<Record<string, string>>;
  readonly audits: readonly AuditCall[];
  readonly properties: readonly BlockProperty[];
  /** the query as the author wrote it, and where it begins in the file */
  readonly query: string;
  readonly queryStart: number;
  /** names of models and `raw.*` sources that the query reads, in order of appearance */
  readonly parents: readonly string[];
  readonly tables: readonly TableReference[];
  readonly files: readonly FileReference[];
}

/** A model file that could not be taken in; the rest of the project works without it. */
export interface BrokenModel {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly problem: Problem;
}

export function isIncremental(
  kind: ModelKind,
): kind is Extract<ModelKind, { name: `INCREMENTAL_${string}` }> {
  return kind.name === 'INCREMENTAL_BY_TIME_RANGE' || kind.name === 'INCREMENTAL_BY_UNIQUE_KEY';
}

/** Columns that identify a row as the model states them: its unique key, else its grain. */
export function statedKey(model: Pick<Model, 'kind' | 'grain'>): readonly string[] {
  return model.kind.name === 'INCREMENTAL_BY_UNIQUE_KEY' ? model.kind.uniqueKey : model.grain;
}
