import type { Statement } from '../base/statement';

/** A model's text as its author wrote it, macros not expanded: all that is needed to render it again. */
export interface ModelText {
  readonly query: string;
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  readonly onVirtualUpdate: readonly Statement[];
  readonly definitions: readonly Statement[];
  readonly blueprint: Readonly<Record<string, string>>;
  /** the variables of config.yaml as they were */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a version was computed from, pinned: enough to compute or compare it again without the project's files. */
export interface Definition extends ModelText {
  readonly file: string;
  readonly kind: string;
  readonly cron: string;
  readonly parents: readonly string[];
  readonly metadata: string;
  readonly key: readonly string[];
}

/** A parent whose rows are read; an embedded one has none. */
export type RowsParent = Exclude<PinnedParent, { type: 'embedded' }>;

/** What a model reads: exactly these versions, snapshots and embedded queries. */
export type PinnedParent =
  | { readonly type: 'model'; readonly version: number }
  | { readonly type: 'source'; readonly snapshot: string }
  /** an EMBEDDED model: its query is read in its place */
  | {
      readonly type: 'embedded';
      readonly text: ModelText;
      readonly file: string;
      readonly parents: Readonly<Record<string, PinnedParent>>;
    };
