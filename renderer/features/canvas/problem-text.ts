import type { ProblemView } from '../../../shared/protocol/views/common';
import type { ProblemText } from '../../ui/problem-panel';

type ProblemLike = Pick<ProblemView, 'message' | 'kept' | 'remedy'> & {
  readonly place?: ProblemView['place'];
};

/** A problem as the panel shows it. */
export function toProblemText(problem: ProblemLike): ProblemText {
  const { message, kept, remedy } = problem;
  return { message, where: whereText(problem), kept, remedy };
}

/** `models/a.sql:3:7`, or as much of it as is known. */
export function whereText({ place }: ProblemLike): string {
  if (!place) return '';
  const at = place.file ?? place.model ?? place.source ?? '';
  const line = place.line === undefined ? '' : `:${place.line}`;
  const column = line === '' || place.column === undefined ? '' : `:${place.column}`;
  return [`${at}${line}${column}`, place.partition].filter(Boolean).join(', ');
}

/** `line 3, column 7`, for where the file is in sight anyway. */
export function lineText({ place }: ProblemLike): string {
  if (place?.line === undefined) return '';
  return place.column === undefined ? `line ${place.line}` : `line ${place.line}, column ${place.column}`;
}

/** A model that is no mistake: what it is written in, or what it reads, is not run here. */
export function isOutside({ code, place }: ProblemView): boolean {
  return code === 'model.unsupported' || (code === 'model.unknown_parent' && place?.line === undefined);
}

/** The same in few words, for a node: `Python, not run here`. */
export function outsideWords({ file, problem }: { file: string; problem: ProblemView | null }): string {
  if (problem?.code === 'model.unknown_parent') return 'Waits for what it reads';
  return file.endsWith('.py') ? 'Python, not run here' : 'Not run here';
}
