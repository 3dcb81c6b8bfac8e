import type { Client } from '../../shared/protocol/port';
import type { CommandId, CommandInput, CommandOutput } from '../../shared/protocol/table';

/** Where a command line reads and writes, so that tests can stand in for a terminal. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly isInteractive: boolean;
  readonly cwd: string;
}

/** Options that every verb takes. */
export interface GlobalOptions {
  readonly project: string;
  readonly json: boolean;
}

/** What a verb's action works with. */
export interface Context {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  readonly signal: AbortSignal;
  readonly client: Client;
  call<Id extends CommandId>(id: Id, input: CommandInput<Id>): Promise<CommandOutput<Id>>;
  /** the project of `-p`, opened */
  open(): Promise<CommandOutput<'project.open'>>;
  /** writes the one JSON document under --json, else the text */
  show(document: unknown, text: () => string): void;
}
