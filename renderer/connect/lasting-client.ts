import { fault } from '../../shared/base/errors';
import type { HostEvent } from '../../shared/protocol/events';
import { factTopic } from '../../shared/protocol/events';
import { type CallOptions, type Carrier, type Client, createClient } from '../../shared/protocol/port';
import {
  type CommandId,
  type CommandInput,
  type CommandOutput,
  commandTable,
} from '../../shared/protocol/table';
import type { Connection, ConnectionState } from './connection';
import { Refused } from './web-socket';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8000;

/**
 * Keeps a client over carriers that come and go. While there is none, calls that only look wait for the next and are
 * asked again when theirs was cut; calls that change something are never sent twice: they fail and say so.
 */
export function createConnection(open: () => Promise<Carrier>): Connection {
  return new LastingClient(open);
}

class LastingClient implements Connection {
  readonly #open: () => Promise<Carrier>;
  readonly #events = new Set<(event: HostEvent) => void>();
  readonly #states = new Set<(state: ConnectionState) => void>();
  readonly #closers = new Set<() => void>();
  readonly #waiting = new Set<(client: Client) => void>();
  #client: Client | undefined;
  #state: ConnectionState = { kind: 'connecting' };
  #timer: number | undefined;
  #ended = false;

  constructor(open: () => Promise<Carrier>) {
    this.#open = open;
    void this.#start(0);
  }

  async call<Id extends CommandId>(id: Id, input: CommandInput<Id>, options: CallOptions = {}) {
    const repeatable = commandTable[id].risk === 'look';
    for (;;) {
      const client = this.#client ?? (await this.#next(repeatable, options.signal));
      try {
        return (await client.call(id, input, options)) as CommandOutput<Id>;
      } catch (error) {
        if (client === this.#client || options.signal?.aborted) throw error;
        if (!repeatable) throw cutOff(commandTable[id].title);
      }
    }
  }

  subscribe(listener: (event: HostEvent) => void): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  onClose(closed: () => void): void {
    this.#closers.add(closed);
  }

  close(): void {
    this.#ended = true;
    window.clearTimeout(this.#timer);
    this.#client?.close();
    for (const closed of this.#closers) closed();
  }

  state(): ConnectionState {
    return this.#state;
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  retry(): void {
    if (this.#state.kind !== 'lost') return;
    window.clearTimeout(this.#timer);
    void this.#start(this.#state.attempt);
  }

  async #start(attempt: number): Promise<void> {
    try {
      const carrier = await this.#open();
      if (this.#ended) carrier.close();
      else this.#use(createClient(carrier), attempt > 0);
    } catch (error) {
      this.#lose(attempt + 1, error instanceof Refused);
    }
  }

  #use(client: Client, again: boolean): void {
    this.#client = client;
    client.subscribe((event) => this.#emit(event));
    client.onClose(() => {
      this.#client = undefined;
      this.#lose(1);
    });
    this.#change({ kind: 'open' });
    for (const resume of this.#waiting) resume(client);
    this.#waiting.clear();
    // Whatever happened meanwhile was not heard: every mirrored fact is asked for again.
    if (again) this.#emit({ type: 'facts.changed', topics: factTopic.options });
  }

  #lose(attempt: number, refused = false): void {
    if (this.#ended) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
    this.#change({ kind: 'lost', attempt, retryAt: Date.now() + wait, refused });
    this.#timer = window.setTimeout(() => void this.#start(attempt), wait);
  }

  #next(repeatable: boolean, signal: CallOptions['signal']): Promise<Client> {
    if (!repeatable && this.#state.kind === 'lost') return Promise.reject(notSent());
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      const cancel = (): void => {
        this.#waiting.delete(resolve);
        reject(fault('cancelled', 'The call was cancelled.'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#states) listener(state);
  }

  #emit(event: HostEvent): void {
    for (const listener of this.#events) listener(event);
  }
}

function cutOff(title: string) {
  return fault('wire.invalid', `The connection was lost during “${title}”.`, {
    kept: 'Whatever the host had begun goes on there or was undone; no step is left half written.',
    remedy: 'When the connection is back, look at History before trying again.',
  });
}

function notSent() {
  return fault('wire.invalid', 'There is no connection to the host.', {
    kept: 'Nothing was sent, and nothing has changed.',
    remedy: 'Wait until the connection is back, then try again.',
  });
}
