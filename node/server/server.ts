import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { fault } from '../../shared/base/errors';
import type { Carrier } from '../../shared/protocol/port';
import { type Assets, sendAsset } from './assets';
import { carrierOf } from './socket';

/** The largest message that a client may send: an upload's piece with its head. */
const MAX_PAYLOAD = 4 * 1024 * 1024;

/** Where people reach a server: `url` holds the token behind `#`, which browsers do not send on. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** the window's files; null where they were not built */
  readonly assets: Assets | null;
  /** null: any free port */
  readonly port: number | null;
  /** takes a client in; `query` is what stood behind the address that it asked for */
  attach(carrier: Carrier, query: URLSearchParams): void;
}

/**
 * Serves the window's files and its WebSocket on the loopback address alone. Every request must name that address as its host (so that no
 * other site can reach it through a name of its own), and a WebSocket must come from this very page with the token.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => answerRequest(options.assets, request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, token)) return refuseUpgrade(socket);
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    sockets.handleUpgrade(request, socket, head, (client) => options.attach(carrierOf(client), searchParams));
  });
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    port,
    token,
    close: () => closeAll(server, sockets),
  };
}

function answerRequest(assets: Assets | null, request: IncomingMessage, response: ServerResponse): void {
  if (!isOwnHost(request)) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('This address is not served.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (assets === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('The window has not been built.\n');
    return;
  }
  sendAsset(assets, new URL(request.url ?? '/', 'http://127.0.0.1').pathname, response);
}

function mayConnect(request: IncomingMessage, token: string): boolean {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const origin = request.headers.origin;
  const sameOrigin = origin === undefined || origin === `http://${request.headers.host}`;
  return (
    url.pathname === '/ws' &&
    isOwnHost(request) &&
    sameOrigin &&
    sameToken(url.searchParams.get('token') ?? '', token)
  );
}

function isOwnHost(request: IncomingMessage): boolean {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]';
}

function sameToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuseUpgrade(socket: Duplex): void {
  socket.end(
    'HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\nserver.unauthorised: the token is missing or wrong.\n',
  );
}

function listen(server: Server, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        fault('server.port_in_use', `Port ${port} is in use by another program.`, {
          kept: 'Nothing was started.',
          remedy: `Choose another with --port, or leave it out.`,
        }),
      );
    });
    server.listen(port ?? 0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.close(1001);
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
