/**
 * The closed catalogue of expected failures. A code never changes its meaning; callers branch on codes, never on messages.
 * `exit` is the command line's exit code: 1 a gate, audit or test failed, 2 usage or input, 3 partly done, 4 internal, 130 cancelled.
 */
export const errorCatalogue = {
  'usage.invalid': { exit: 2, title: 'The command was given something it cannot use' },
  'project.not_found': { exit: 2, title: 'No project there' },
  'project.exists': { exit: 2, title: 'The folder is already in use' },
  'project.invalid': { exit: 2, title: 'The project cannot be read' },
  'project.none_open': { exit: 2, title: 'No project is open' },
  'project.write_failed': { exit: 2, title: 'A project file could not be written' },
  'config.invalid': { exit: 2, title: 'config.yaml cannot be read' },
  'config.unused': { exit: 2, title: 'A setting of config.yaml has no effect here' },
  'model.syntax': { exit: 2, title: 'A model has a syntax error' },
  'model.invalid': { exit: 2, title: 'A model is not valid' },
  'model.unsupported': { exit: 2, title: 'A model uses something Teal cannot run' },
  'model.duplicate': { exit: 2, title: 'Two models have the same name' },
  'model.cycle': { exit: 2, title: 'Models depend on each other in a circle' },
  'model.not_found': { exit: 2, title: 'No such model' },
  'model.unknown_parent': { exit: 2, title: 'A model reads something that does not exist' },
  'audit.invalid': { exit: 2, title: 'An audit cannot be read' },
  'audit.failed': { exit: 1, title: 'An audit failed' },
  'lint.failed': { exit: 1, title: 'The linter found an error' },
  'test.invalid': { exit: 2, title: 'A unit test cannot be read' },
  'test.failed': { exit: 1, title: 'A unit test failed' },
  'test.exists': { exit: 2, title: 'The test file is already there' },
  'source.invalid': { exit: 2, title: 'A source cannot be read' },
  'source.not_found': { exit: 2, title: 'No such source' },
  'source.file_missing': { exit: 2, title: 'A raw file is missing or cannot be read' },
  'source.not_tabular': { exit: 2, title: 'The file is not a table' },
  'source.changed': { exit: 2, title: 'A kept raw file is not what it was' },
  'brief.invalid': { exit: 2, title: 'A backfill file cannot be read' },
  'environment.not_found': { exit: 2, title: 'No such environment' },
  'environment.invalid': { exit: 2, title: 'Not a name for an environment' },
  'plan.refused': { exit: 2, title: 'The plan cannot be made' },
  'plan.uncategorised': { exit: 2, title: 'A change has no category' },
  'plan.stale': { exit: 1, title: 'The plan no longer fits' },
  'run.conflict': { exit: 2, title: 'Another run is under way' },
  'run.not_found': { exit: 2, title: 'No such run' },
  'run.failed': { exit: 3, title: 'A batch failed' },
  'run.stopped': { exit: 3, title: 'The run was stopped' },
  'compare.invalid': { exit: 2, title: 'These two cannot be compared' },
  'compare.not_found': { exit: 2, title: 'No such comparison' },
  'release.gate_failed': { exit: 1, title: 'A gate stopped the swap' },
  'release.base_moved': { exit: 1, title: 'prod moved since the plan' },
  'release.not_found': { exit: 2, title: 'No such release' },
  'release.nothing': { exit: 2, title: 'There is nothing to swap' },
  'engine.locked': { exit: 2, title: 'Another program holds the warehouse' },
  'engine.open_failed': { exit: 2, title: 'The warehouse could not be opened' },
  'engine.sql': { exit: 2, title: 'The engine refused a statement' },
  'engine.conflict': { exit: 2, title: 'Two writers met' },
  'engine.out_of_memory': { exit: 3, title: 'Out of memory' },
  'engine.disk_full': { exit: 3, title: 'The disk is full' },
  'engine.unsupported': { exit: 2, title: 'The engine lacks what a statement needs' },
  'engine.denied': { exit: 2, title: 'Outside the folders this project may use' },
  'host.closing': { exit: 2, title: 'The host is closing this project' },
  'host.lost': { exit: 3, title: 'The host ended during the call' },
  'host.taken': { exit: 2, title: 'Another Teal has the project open' },
  'host.version': { exit: 2, title: 'Another version of Teal has the project open' },
  'host.untrusted': { exit: 2, title: 'What is known of the host cannot be relied on' },
  'copy.read_only': { exit: 2, title: 'A copy is only there to look at' },
  'server.port_in_use': { exit: 2, title: 'The port is in use' },
  'server.unauthorised': { exit: 2, title: 'The token is missing or wrong' },
  'wire.invalid': { exit: 4, title: 'A message could not be read' },
  cancelled: { exit: 130, title: 'Cancelled' },
  internal: { exit: 4, title: 'An internal error' },
} as const satisfies Record<string, { exit: 1 | 2 | 3 | 4 | 130; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Where something happened. Lines and columns count from 1; `partition` is an interval in words. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly model?: string;
  readonly source?: string;
  readonly partition?: string;
}

/** One expected failure: what, where, what was kept safe, what to do. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place?: Place;
  readonly kept?: string;
  readonly remedy?: string;
  readonly cause?: string;
}

/** Carries a Problem through effectful code; at every border (port, command line) it becomes a value again. */
export class Fault extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'Fault';
    this.problem = problem;
  }
}

/** Short for `new Fault`: `throw fault('run.conflict', 'message', { remedy })`. */
export function fault(code: ErrorCode, message: string, more: Omit<Problem, 'code' | 'message'> = {}): Fault {
  return new Fault({ code, message, ...more });
}

/** Any thrown thing as a Problem; what is not a Fault is a bug and says so. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Fault) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const cause = thrown instanceof Error ? thrown.stack : undefined;
  return {
    code: 'internal',
    message,
    remedy: 'This is a defect in Teal; nothing was committed by this step.',
    ...(cause ? { cause } : {}),
  };
}

/** "models/a.sql:3:7" and the like, or an empty string. */
export function placeText(place: Place | undefined): string {
  if (!place) return '';
  const at = place.file ?? place.model ?? place.source ?? '';
  const line =
    place.line === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`;
  return [`${at}${line}`, place.partition].filter(Boolean).join(', ');
}
