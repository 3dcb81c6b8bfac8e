import type { Interval } from '../base/time';

/** How a model differs from the edition before; the words and rules are SQLMesh's. */
export type Category =
  | 'BREAKING'
  | 'NON_BREAKING'
  | 'INDIRECT_BREAKING'
  | 'INDIRECT_NON_BREAKING'
  | 'METADATA'
  | 'FORWARD_ONLY';

/** Hashes that tell one edition of a model from another. `version` is of what decides rows, parents included. */
export interface EditionPrint {
  readonly data: string;
  readonly metadata: string;
  readonly parentData: string;
  readonly parentMetadata: string;
  readonly version: string;
  readonly id: string;
}

/** What an edition came from: enough to follow a chain of changes back. */
interface PriorEdition {
  readonly id: string;
  readonly line: string;
  readonly devLine: string;
  readonly category: Category;
}

/** What two editions of a model are compared by, beside their prints. */
export interface EditionTraits {
  /** the query with macros expanded and stars spelled out, in one spelling; empty for seeds */
  readonly rendered: string;
  /** whether all columns of what the query reads are known */
  readonly resolved: boolean;
  readonly statements: readonly string[];
  /** all that decides rows and is not SQL */
  readonly settings: string;
  readonly audits: string;
  /** names of the columns that the query gives; null where a star reads what is not known */
  readonly columns: readonly string[] | null;
  /** names that the query itself gives its columns, in their order */
  readonly output: readonly string[] | null;
  /** hash of each column of a seed's file */
  readonly seed: Readonly<Record<string, string>> | null;
}

/**
 * A model as it stood at one plan, with how that plan took its change. Editions with one `line` share their rows; `devLine` names
 * the rows that only environments other than prod see.
 */
export interface Edition<M = unknown> {
  readonly model: string;
  readonly print: EditionPrint;
  readonly traits: EditionTraits;
  /** the model's parents among models, with their editions */
  readonly parents: Readonly<Record<string, string>>;
  readonly line: string;
  readonly devLine: string;
  readonly category: Category;
  readonly forwardOnly: boolean;
  readonly effectiveFrom: number | null;
  readonly previous: readonly PriorEdition[];
  readonly createdAt: number;
  /** its line went on in another way since, so that taking it up again makes a new edition */
  readonly spent?: boolean;
  /** the model as it was read, to run it again without its file */
  readonly source: M;
}

/** Intervals that are done, as one edition recorded them; those of one model and line count together. */
export interface IntervalRecord {
  readonly model: string;
  readonly line: string;
  readonly devLine: string;
  readonly edition: string;
  readonly done: readonly Interval[];
  readonly dev: readonly Interval[];
}
