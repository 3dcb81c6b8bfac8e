import { createBirpc } from 'birpc';
import { Fault, fault, type Problem, toProblem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { decodeMessage, encodeMessage } from './codec';
import { type HostEvent, hostEvent } from './events';
import {
  type CommandId,
  type CommandInput,
  type CommandOutput,
  type CommandRequest,
  commandTable,
  isCommandId,
} from './table';

/** Carries whole messages of bytes both ways: a MessagePort, a WebSocket, a worker or a direct pair. */
export interface Carrier {
  post(bytes: Uint8Array): void;
  listen(receive: (bytes: Uint8Array) => void): void;
  /** called once when the other side is gone */
  onClose(closed: () => void): void;
  close(): void;
}

/** What goes with one call: cancelled by `signal`, watched by `progress`. */
export interface CallContext {
  readonly call: string;
  readonly signal: AbortSignal;
  progress(text: string, done?: number, total?: number): void;
}

export type Handlers = {
  readonly [Id in CommandId]: (input: CommandRequest<Id>, context: CallContext) => Promise<CommandOutput<Id>>;
};

/** The service as a port sees it: the commands, and a stream of events. */
export interface Answering {
  readonly handlers: Handlers;
  subscribe(listener: (event: HostEvent) => void): () => void;
}

/** A client of the command table, whatever carries its calls. */
export interface Client {
  call<Id extends CommandId>(
    id: Id,
    input: CommandInput<Id>,
    options?: CallOptions,
  ): Promise<CommandOutput<Id>>;
  subscribe(listener: (event: HostEvent) => void): () => void;
  onClose(closed: () => void): void;
  close(): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  progress?(text: string, done: number | null, total: number | null): void;
}

interface HostSide {
  call(id: string, call: string, input: unknown): Promise<Result<unknown>>;
  cancel(call: string): void;
}

interface ClientSide {
  event(event: unknown): void;
}

/** Answers one client's calls over a carrier; every input is parsed by its schema before a handler sees it. */
export function answerPort(carrier: Carrier, service: Answering): void {
  const running = new Map<string, AbortController>();
  let isOpen = true;
  const rpc = createBirpc<ClientSide, HostSide>(
    {
      call: (id, call, input) =>
        answerCall({ service, id, input, context: startCall(call) }).finally(() => running.delete(call)),
      cancel: (call) => running.get(call)?.abort(fault('cancelled', 'The call was cancelled.')),
    },
    { ...channel(carrier), timeout: -1, eventNames: ['event'] },
  );
  const startCall = (call: string): CallContext => {
    const controller = new AbortController();
    running.set(call, controller);
    const progress: CallContext['progress'] = (text, done, total) =>
      tell({ type: 'call.progress', call, text, done: done ?? null, total: total ?? null });
    return { call, signal: controller.signal, progress };
  };
  // A call may still speak of its progress when the client has left; nobody hears it.
  const tell = (event: HostEvent): void => {
    if (isOpen) void rpc.event(event);
  };
  const stop = service.subscribe(tell);
  carrier.onClose(() => {
    isOpen = false;
    stop();
    for (const controller of running.values()) controller.abort(fault('cancelled', 'The window was closed.'));
    rpc.$close();
  });
}

/** Answers one call as a value: unknown ids and unfit inputs are problems, never exceptions. */
export async function answerCall(request: {
  service: Answering;
  id: string;
  input: unknown;
  context: CallContext;
}): Promise<Result<unknown>> {
  const { service, id, input, context } = request;
  if (!isCommandId(id)) return failed({ code: 'usage.invalid', message: `There is no command ${id}.` });
  const parsed = commandTable[id].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = issue?.path.join('.') ?? '';
    return failed({
      code: 'usage.invalid',
      message: `${id}: ${at ? `${at}: ` : ''}${issue?.message ?? 'invalid input'}`,
    });
  }
  const handle = service.handlers[id] as (input: unknown, context: CallContext) => Promise<unknown>;
  try {
    return ok(await handle(parsed.data, context));
  } catch (error) {
    return failed(toProblem(error));
  }
}

/** The client's end of a carrier. */
export function createClient(carrier: Carrier): Client {
  const listeners = new Set<(event: HostEvent) => void>();
  const closers = new Set<() => void>();
  const watched = new Map<string, CallOptions>();
  let calls = 0;
  const rpc = createBirpc<HostSide, ClientSide>(
    { event: (event) => receiveEvent(event, listeners, watched) },
    { ...channel(carrier), timeout: -1, eventNames: ['cancel'] },
  );
  carrier.onClose(() => {
    rpc.$close(
      fault('wire.invalid', 'The connection to the host was lost.', {
        remedy: 'Start Teal again; nothing that was acknowledged is lost.',
      }),
    );
    for (const closed of closers) closed();
  });
  return {
    call: async (id, input, options = {}) => {
      const call = String(++calls);
      watched.set(call, options);
      const cancel = () => void rpc.cancel(call);
      options.signal?.addEventListener('abort', cancel, { once: true });
      try {
        return unwrap(await rpc.call(id, call, input)) as never;
      } finally {
        options.signal?.removeEventListener('abort', cancel);
        watched.delete(call);
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClose: (closed) => void closers.add(closed),
    close: () => carrier.close(),
  };
}

function unwrap(result: Result<unknown>): unknown {
  if (result.ok) return result.value;
  throw new Fault(result.problem as Problem);
}

function receiveEvent(
  raw: unknown,
  listeners: Set<(event: HostEvent) => void>,
  watched: Map<string, CallOptions>,
): void {
  const parsed = hostEvent.safeParse(raw);
  if (!parsed.success) return;
  const event = parsed.data;
  if (event.type === 'call.progress')
    watched.get(event.call)?.progress?.(event.text, event.done, event.total);
  for (const listener of listeners) listener(event);
}

function channel(carrier: Carrier) {
  return {
    post: (bytes: Uint8Array) => carrier.post(bytes),
    on: (receive: (bytes: Uint8Array) => void) => carrier.listen(receive),
    serialize: encodeMessage,
    deserialize: decodeMessage,
  };
}
