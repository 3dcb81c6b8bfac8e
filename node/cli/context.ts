import type { CommandId, CommandInput, CommandOutput } from '../../shared/protocol/table';
import type { Reach } from '../server/reach';

/** Where a command line reads and writes, so that tests can stand in for a terminal. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly isInteractive: boolean;
  readonly cwd: string;
}

/** How a host is called that looks at a copy of the warehouse. */
export const COPY = 'read-only copy';

/** Options that every verb takes. */
export interface GlobalOptions {
  readonly project: string;
  readonly json: boolean;
  /** look at a copy of the warehouse, whoever holds the original */
  readonly readOnlyCopy: boolean;
}

/** What a verb's action works with. */
export interface Context {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  readonly signal: AbortSignal;
  /** reaches whichever host has the project open */
  readonly client: Reach;
  call<Id extends CommandId>(id: Id, input: CommandInput<Id>): Promise<CommandOutput<Id>>;
  /** the project of `-p`, opened */
  open(): Promise<CommandOutput<'project.open'>>;
  /** writes the one JSON document under --json, else the text */
  show(document: unknown, text: () => string): void;
}
