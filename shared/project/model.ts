import type { Problem } from '../base/errors';
import type { Statement } from '../base/statement';
import type { FileReference, TableReference } from '../sql/references';
import type { BlockProperty } from './block';
import { columnOf } from './block-values';

/** What happens to a forward-only model whose columns change: `error` refuses the plan. */
export type SchemaChange = 'error' | 'warn' | 'allow' | 'ignore';

/** What all kinds that go on from their own earlier rows have in common. */
export interface Incremental {
  readonly batchSize: number | null;
  readonly batchConcurrency: number | null;
  readonly lookback: number;
  readonly forwardOnly: boolean;
  readonly disableRestatement: boolean;
  readonly onDestructiveChange: SchemaChange;
  readonly onAdditiveChange: SchemaChange;
  /** when rows are computed again without being asked for; null: never */
  readonly autoRestatementCron: string | null;
}

/** What both kinds that keep the history of their rows have in common; keys are SQL expressions. */
export interface History extends Incremental {
  readonly uniqueKey: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly timeType: string;
  readonly invalidateHardDeletes: boolean;
}

/** How a model is kept. */
export type ModelKind =
  | { readonly name: 'FULL' }
  | { readonly name: 'VIEW'; readonly materialized: boolean }
  | { readonly name: 'EMBEDDED' }
  /** a table that nobody here makes, as `external_models.yaml` lists it */
  | { readonly name: 'EXTERNAL' }
  /** an audit that stands alone: its query looks at models, and nothing is made of it */
  | { readonly name: 'AUDIT' }
  | { readonly name: 'SEED'; readonly path: string; readonly csv: Readonly<Record<string, string>> }
  | (Incremental & {
      readonly name: 'INCREMENTAL_BY_TIME_RANGE';
      readonly timeColumn: string;
      /** strftime format where the time column is text or a number; null for DATE and TIMESTAMP */
      readonly timeFormat: string | null;
      readonly partitionByTimeColumn: boolean;
      readonly autoRestatementIntervals: number | null;
    })
  | (Incremental & {
      readonly name: 'INCREMENTAL_BY_UNIQUE_KEY';
      /** SQL expressions over the model's columns */
      readonly uniqueKey: readonly string[];
      /** the text of `WHEN MATCHED ...` clauses over `source` and `target` */
      readonly whenMatched: string | null;
      /** a condition over `source` and `target` that a merge is limited to */
      readonly mergeFilter: string | null;
    })
  | (Incremental & { readonly name: 'INCREMENTAL_BY_PARTITION' })
  | (History & {
      readonly name: 'SCD_TYPE_2_BY_TIME';
      readonly updatedAt: string;
      readonly updatedAtAsValidFrom: boolean;
    })
  | (History & {
      readonly name: 'SCD_TYPE_2_BY_COLUMN';
      /** the columns that are compared; null: all but the key */
      readonly columns: readonly string[] | null;
      readonly updatedAt: string | null;
      readonly executionTimeAsValidFrom: boolean;
    });

/** A check that a model's rows must pass; `arguments` are SQL texts by name. */
export interface AuditCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** overrules the audit's own setting where given */
  readonly blocking: boolean | null;
}

/** An audit of the project: a query over `@this_model` that gives the rows that fail. */
export interface Audit {
  readonly name: string;
  readonly file: string;
  readonly query: string;
  readonly blocking: boolean;
  /** no model calls it: it is planned by a cron of its own, and never stops anything */
  readonly standalone: boolean;
  /** an audit that is written down but not run */
  readonly skip: boolean;
  readonly defaults: Readonly<Record<string, string>>;
  /** where in the file the query begins */
  readonly at?: { readonly line: number; readonly column: number };
  /** texts of its `@DEF(...)` statements, in their order */
  readonly definitions: readonly string[];
}

/** One SQL query with its MODEL block. Names are in lower case, `schema.table`. */
export interface Model {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly kind: ModelKind;
  readonly cron: string;
  /** the time zone that the cron is meant in; null: UTC */
  readonly cronZone: string | null;
  /** the length of its intervals where the model says it, otherwise than its cron: `hour`, `five_minute` and so on */
  readonly intervalUnit: string | null;
  /** first moment of its history in ms UTC; null where neither model nor config gives one */
  readonly start: number | null;
  /** a start such as `1 week ago` as it stands, which `start` is as of when the project was read; else null */
  readonly relativeStart: string | null;
  /** first moment after its history, where the model ends; null while it goes on */
  readonly end: number | null;
  readonly owner: string;
  readonly description: string;
  /** a text that makes a new version wherever it changes */
  readonly stamp: string;
  readonly tags: readonly string[];
  readonly grain: readonly string[];
  /** SQL expressions, one a partition column */
  readonly partitionedBy: readonly string[];
  readonly allowPartials: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly columnDescriptions: Readonly<Record<string, string>>;
  readonly audits: readonly AuditCall[];
  readonly properties: readonly BlockProperty[];
  /** the query as the author wrote it, and where it begins in the file */
  readonly query: string;
  readonly queryStart: number;
  /** statements before and after the query, and those for when a view is pointed at its rows, macros not expanded */
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  readonly onVirtualUpdate: readonly Statement[];
  /** `@DEF(...)` statements, in their order */
  readonly definitions: readonly Statement[];
  /** the values of this model's blueprint by name in lower case, as SQL text; empty where there is none */
  readonly blueprint: Readonly<Record<string, string>>;
  /** audits that stand in the model's own file */
  readonly ownAudits: readonly Audit[];
  /** names of models and `raw.*` sources that the query reads, in order of appearance, and what it says it depends on; not its own */
  readonly parents: readonly string[];
  /** whether the query reads the model's own earlier rows */
  readonly readsItself: boolean;
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
): kind is Extract<ModelKind, { name: `INCREMENTAL_${string}` | `SCD_${string}` }> {
  return kind.name.startsWith('INCREMENTAL_') || kind.name.startsWith('SCD_');
}

/** Columns that identify a row as the model states them: its unique key, where that is of mere columns, else its grain. */
export function statedKey(model: Pick<Model, 'kind' | 'grain'>): readonly string[] {
  const key = 'uniqueKey' in model.kind ? model.kind.uniqueKey.map(columnOf) : [];
  const columns = key.filter((column) => column !== undefined);
  return columns.length > 0 && columns.length === key.length ? columns : model.grain;
}
