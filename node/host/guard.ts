import type { Answering, CallContext, Handlers } from '../../shared/protocol/port';
import { type CommandId, commandTable } from '../../shared/protocol/table';

type Handle = (input: unknown, context: CallContext) => Promise<unknown>;

/** A service whose calls pass a check first: the check throws, or gives the command that is answered in its place, or nothing. */
export function guarded(
  service: Answering,
  check: (id: CommandId, input: unknown) => Promise<CommandId | undefined>,
): Answering {
  const handleOf = (id: CommandId) => service.handlers[id] as Handle;
  const guards = (Object.keys(commandTable) as CommandId[]).map((id): [CommandId, Handle] => [
    id,
    async (input, context) => handleOf((await check(id, input)) ?? id)(input, context),
  ]);
  return {
    handlers: Object.fromEntries(guards) as unknown as Handlers,
    subscribe: (listener) => service.subscribe(listener),
  };
}
