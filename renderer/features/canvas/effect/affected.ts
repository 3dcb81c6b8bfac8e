import type { ProblemView } from '../../../../shared/protocol/views/common';
import type { ChangeClass } from '../../../../shared/protocol/views/project';
import type { Effects } from './effect';

/** The model whose unsaved text was changed last, and what the host says of it. */
export interface Editing {
  readonly model: string;
  /** null while the text gives the rows that are live */
  readonly change: ChangeClass | null;
  readonly problem: ProblemView | null;
}

/** All that the edits, saved or not, would make the shown environment compute again. */
export interface Affected {
  readonly effects: Effects;
  /** those to be marked: none before the first release, when all is new and a mark on everything would say nothing */
  readonly marks: Effects;
  readonly editing: Editing | undefined;
  /** how long filling takes; null where no recorded run tells */
  readonly seconds: number | null;
  /** nothing is live yet, so that everything is filled for the first time */
  readonly isFirst: boolean;
}
