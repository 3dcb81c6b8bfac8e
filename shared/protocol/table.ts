import type * as z from 'zod/mini';
import { projectCommands } from './commands/project';
import { qualityCommands } from './commands/quality';
import { rawCommands } from './commands/raw';
import { storageCommands } from './commands/storage';
import { verbCommands } from './commands/verbs';
import { workCommands } from './commands/work';

/** Every command of the product by id; window, palette, command line, server and tests are its clients. */
export const commandTable = {
  ...projectCommands,
  ...rawCommands,
  ...workCommands,
  ...qualityCommands,
  ...storageCommands,
  ...verbCommands,
} as const;

export type CommandId = keyof typeof commandTable;

/** What a caller passes: fields with defaults may be left out. */
export type CommandInput<Id extends CommandId> = z.input<(typeof commandTable)[Id]['input']>;

/** What a handler gets: defaults are filled in. */
export type CommandRequest<Id extends CommandId> = z.output<(typeof commandTable)[Id]['input']>;

export type CommandOutput<Id extends CommandId> = z.output<(typeof commandTable)[Id]['output']>;

export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(commandTable, id);
}
