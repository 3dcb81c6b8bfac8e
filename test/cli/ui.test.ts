import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Carrier, createClient } from '../../shared/protocol/port';
import { createFilled, type Filled } from './filled';
import { buildTeal, refusal, type Started, startTeal, teal } from './teal';

let filled: Filled;
beforeAll(async () => {
  buildTeal('node', 'renderer');
  filled = await createFilled();
});
afterAll(() => filled.remove());

interface Served {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly started: Started;
}

/** Starts `teal ui` on a port that was free a moment ago, and ends it with the test. */
async function serve(): Promise<Served> {
  const port = await freePort();
  const started = startTeal(['-p', filled.dir, 'ui', '--no-open', '--port', String(port)]);
  onTestFinished(async () => {
    started.child.kill('SIGINT');
    await started.ended;
  });
  await started.says(/#token=\S+/);
  const url = /http:\/\/\S+/.exec(started.said.out)?.[0] ?? '';
  return { url, port, token: new URL(url).hash.replace('#token=', ''), started };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function get(
  port: number,
  path: string,
  host?: string,
): Promise<{ status: number; body: string; type: string }> {
  const asked = request({ port, host: '127.0.0.1', path, headers: host ? { host } : {} }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await text(response);
  return { status: response.statusCode ?? 0, body, type: response.headers['content-type'] ?? '' };
}

/** The status that a WebSocket is refused with, or 101. */
function knock(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((done) => {
    const socket = new WebSocket(url, { headers });
    socket.once('open', () => {
      socket.close();
      done(101);
    });
    socket.once('unexpected-response', (asked, response) => {
      asked.destroy();
      done(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

function carrierOf(socket: WebSocket): Carrier {
  socket.binaryType = 'nodebuffer';
  return {
    post: (bytes) => socket.send(bytes),
    listen: (receive) => socket.on('message', (data: Buffer) => receive(new Uint8Array(data))),
    onClose: (closed) => socket.once('close', closed),
    close: () => socket.close(),
  };
}

describe('teal ui', () => {
  it('prints its address, serves the page, and answers commands over its WebSocket', async () => {
    const { url, port, token, started } = await serve();
    expect(url).toBe(`http://127.0.0.1:${port}/#token=${token}`);
    expect(token.length).toBeGreaterThanOrEqual(32);
    const page = await get(port, '/');
    expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).not.toContain(token);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws?token=${token}`);
    await once(socket, 'open');
    const client = createClient(carrierOf(socket));
    const found = await client.call('query.run', { sql: 'SELECT amount FROM mart.total', limit: 10 });
    expect(found.rows).toEqual([['330.00']]);
    socket.close();
    started.child.kill('SIGINT');
    expect((await started.ended).code).toBe(0);
  });

  it('refuses a wrong token, a foreign origin, and any name but its own', async () => {
    const { port, token } = await serve();
    const address = `ws://127.0.0.1:${port}/ws`;
    expect(await knock(`${address}?token=${token}`)).toBe(101);
    expect(await knock(address)).toBe(401);
    expect(await knock(`${address}?token=${'x'.repeat(token.length)}`)).toBe(401);
    expect(await knock(`${address}?token=${token}`, { origin: 'http://evil.example' })).toBe(401);
    expect(await knock(`${address}?token=${token}`, { host: 'evil.example' })).toBe(401);
    expect((await get(port, '/', 'evil.example')).status).toBe(403);
    expect((await get(port, '/../../../../etc/passwd')).body).not.toContain('root:');
    expect((await get(port, '/%2e%2e/%2e%2e/package.json')).body).not.toContain('"teal"');
  });

  it('says so when the port is in use, and starts nothing', async () => {
    const { port } = await serve();
    const problem = await refusal(['ui', '--no-open', '--port', String(port)]);
    expect(problem).toMatchObject({
      exit: 2,
      code: 'server.port_in_use',
      kept: 'Nothing was started.',
      remedy: expect.stringContaining('--port'),
    });
  });

  it('holds the warehouse: another command line attaches to it', async () => {
    const { started } = await serve();
    const { code, out } = await teal(['-p', filled.dir, 'info']);
    expect([code, out]).toEqual([0, expect.stringMatching(/Served by process \d+, browser on the server/)]);
    expect(started.child.exitCode).toBeNull();
  });

  it('leaves nothing behind that holds the warehouse when it is killed', async () => {
    const { started } = await serve();
    started.child.kill('SIGKILL');
    // Its streams close only when every process that writes to them has ended.
    await started.ended;
    const info = startTeal(['-p', filled.dir, 'info']);
    expect((await info.ended).code).toBe(0);
  });
});
