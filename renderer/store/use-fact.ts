import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { CommandInput, CommandOutput } from '../../shared/protocol/table';
import { type Fact, FactCache, factKey } from './fact-cache';
import type { FactId } from './fact-topics';
import { callHost, onHostEvent } from './host';

const facts = new FactCache((id, input) => callHost(id, input as CommandInput<typeof id>));
onHostEvent((event) => {
  if (event.type === 'facts.changed') facts.invalidate(event.topics);
});

const UNWANTED: Fact<never> = { data: undefined, problem: undefined, loading: false };

/**
 * A fact of the host, asked for when it is first watched and again whenever its topics change. A null input asks nothing.
 * With `keep`, the data of the former input stays (as loading) until that of a new input is there.
 */
export function useFact<Id extends FactId>(
  id: Id,
  input: CommandInput<Id> | null,
  options: { keep?: boolean } = {},
): Fact<CommandOutput<Id>> {
  const key = input === null ? null : factKey(id, input);
  const query = useRef(input);
  if (query.current !== input) query.current = input;
  const subscribe = useCallback(
    (watcher: () => void) => (key === null ? ignore : facts.watch({ id, input: query.current }, watcher)),
    [id, key],
  );
  const read = (): Fact<unknown> => (input === null ? UNWANTED : facts.read(id, input));
  const fact = useSyncExternalStore(subscribe, read) as Fact<CommandOutput<Id>>;
  const kept = useRef(fact.data);
  if (fact.data !== undefined) kept.current = fact.data;
  if (options.keep && fact.data === undefined && fact.loading) return { ...fact, data: kept.current };
  return fact;
}

/** Forgets what was mirrored of a former project. */
export function clearFacts(): void {
  facts.clear();
}

function ignore(): void {
  // nothing was subscribed
}
