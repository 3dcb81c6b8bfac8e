import { create } from 'zustand';

import type { FactTopic, HostEvent } from '../../shared/protocol/events';
import type { CallOptions } from '../../shared/protocol/port';
import type { CommandId, CommandInput, CommandOutput } from '../../shared/protocol/table';
import type { Connection, ConnectionState } from '../connect/connection';

interface HostState {
  readonly connection: Connection | undefined;
  readonly state: ConnectionState;
}

const useHostStore = create<HostState>(() => ({ connection: undefined, state: { kind: 'connecting' } }));
const listeners = new Set<(event: HostEvent) => void>();

/** Gives the store its connection; called once by the window's entry. */
export function attachConnection(connection: Connection): void {
  useHostStore.setState({ connection, state: connection.state() });
  connection.onState((state) => useHostStore.setState({ state }));
  connection.subscribe(emitHostEvent);
}

/** Calls a command outside of React; components use `useFact` and `useCommand`. Throws a Fault. */
export function callHost<Id extends CommandId>(
  id: Id,
  input: CommandInput<Id>,
  options?: CallOptions,
): Promise<CommandOutput<Id>> {
  const { connection } = useHostStore.getState();
  if (!connection) return Promise.reject(new Error('The window has no connection yet.'));
  return connection.call(id, input, options);
}

export function onHostEvent(listener: (event: HostEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks for the facts of these topics again, as the host's own `facts.changed` does. */
export function refreshFacts(topics: FactTopic[]): void {
  emitHostEvent({ type: 'facts.changed', topics });
}

export function useConnectionState(): ConnectionState {
  return useHostStore((host) => host.state);
}

export function retryConnection(): void {
  useHostStore.getState().connection?.retry();
}

function emitHostEvent(event: HostEvent): void {
  for (const listener of listeners) listener(event);
}
