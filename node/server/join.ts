import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Fault } from '../../shared/base/errors';
import { type Client, createClient } from '../../shared/protocol/port';
import type { CommandOutput } from '../../shared/protocol/table';
import type { HostEntry } from '../project/host-entries';
import { carrierOf } from './socket';

/** The largest answer that is taken: a page of a thousand wide rows. */
const MAX_PAYLOAD = 256 * 1024 * 1024;

/** How long a host may take to accept a connection. */
const HANDSHAKE = 5_000;

/** A connection to a host that has the project open and answered for it. */
export interface Joined {
  readonly entry: HostEntry;
  readonly client: Client;
  readonly overview: CommandOutput<'project.open'>;
  /** whether the host is gone, or has closed the project */
  isLost(): boolean;
}

interface Asking {
  readonly signal: AbortSignal;
  progress(text: string): void;
}

/**
 * Connects to a host and asks it for the project, which waits while it is opening it. Null where nobody answers at that address any more
 * or the host has closed the project; then its process has ended or let go of the warehouse.
 */
export async function joinHost(entry: HostEntry, asking: Asking): Promise<Joined | null> {
  const socket = await openSocket(entry, {}, asking.signal);
  if (socket === null) return null;
  let lost = false;
  socket.once('close', () => {
    lost = true;
  });
  const client = createClient(carrierOf(socket));
  try {
    const overview = await client.call('project.open', { dir: entry.project }, asking);
    return { entry, client, overview, isLost: () => lost };
  } catch (error) {
    const closing = error instanceof Fault && error.problem.code === 'host.closing';
    if (closing && !lost && !asking.signal.aborted) await ended(socket, asking.signal);
    socket.close();
    asking.signal.throwIfAborted();
    if (lost || closing) return null;
    throw error;
  }
}

/** Waits until a host has closed the project or ended, for so many ms at most. */
export async function untilClosed(entry: HostEntry, signal: AbortSignal, most: number): Promise<void> {
  const socket = await openSocket(entry, { wait: '1' }, signal);
  if (socket === null) return;
  await ended(socket, AbortSignal.any([signal, AbortSignal.timeout(most)]));
  socket.terminate();
}

async function openSocket(
  entry: HostEntry,
  more: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<WebSocket | null> {
  const query = new URLSearchParams({ token: entry.token, project: entry.project, ...more });
  const socket = new WebSocket(`ws://127.0.0.1:${entry.port}/ws?${query}`, {
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE,
  });
  socket.on('error', () => undefined);
  try {
    await once(socket, 'open', { signal });
    return socket;
  } catch {
    socket.terminate();
    signal.throwIfAborted();
    return null;
  }
}

async function ended(socket: WebSocket, signal: AbortSignal): Promise<void> {
  await once(socket, 'close', { signal }).catch(() => undefined);
}
