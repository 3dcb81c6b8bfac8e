import type { Place } from '../../base/errors';
import type { Edit } from '../../sql/text';

/** What SQLMesh calls the runtime stage: why a text is being rendered. */
export type RuntimeStage =
  | 'loading'
  | 'creating'
  | 'evaluating'
  | 'promoting'
  | 'auditing'
  | 'testing'
  | 'before_all'
  | 'after_all';

/** A column of a table that a macro reads the columns of; an empty type is one that is not known. */
interface KnownColumn {
  readonly name: string;
  readonly type: string;
}

/** What a text is expanded with: `[start, end)` and the execution time in ms UTC. */
export interface MacroContext {
  readonly start: number;
  readonly end: number;
  readonly executionTime: number;
  /** variables of the configuration and the gateway by name in lower case; `gateway` is the gateway's name */
  readonly variables: Readonly<Record<string, unknown>>;
  /** SQL by macro name in lower case, such as `this_model`, or the arguments of an audit */
  readonly values: Readonly<Record<string, string>>;
  readonly stage?: RuntimeStage;
  /** `false`: there is no `@start_...` and no `@end_...`, as in SQLMesh's FULL and VIEW models */
  readonly timeRange?: boolean;
  /** texts of `@DEF(...)` statements, in their order */
  readonly definitions?: readonly string[];
  /** a blueprint's values by name in lower case, as SQL text */
  readonly blueprint?: Readonly<Record<string, string>>;
  /** the columns of a table that the text names, where they are known; the name comes in lower case, without quotes */
  readonly columnsOf?: (table: string) => readonly KnownColumn[] | undefined;
  /** macros that Python files of the project define, by name in lower case, and where */
  readonly pythonMacros?: ReadonlyMap<string, Place>;
}

/** An expanded text and the edits that made it from the author's. */
export interface Expanded {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** What a macro gives: one piece of SQL, several that stand side by side, or nothing. */
export type Output = string | readonly string[] | null;
