import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { test as base, type Page } from '@playwright/test';

/** The worker of `test/browser`, called by name. */
export interface BrowserWorker {
  readonly page: Page;
  call<T>(name: string, ...given: unknown[]): Promise<T>;
  /** ends the worker at once, as a crash would; the next call goes to a new one */
  kill(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves a folder below a path as any file server does: no special header. */
async function serveFolder(folder: string, below = '/'): Promise<{ url: string; close(): void }> {
  const root = resolve(folder);
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const inside = pathname.startsWith(below) ? pathname.slice(below.length) : undefined;
    const file = join(root, normalize(`/${inside === '' || inside?.endsWith('/') ? 'index.html' : inside}`));
    try {
      if (inside === undefined) throw new Error('outside');
      const body = readFileSync(file);
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${below}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Tests of the worker; those of one file share a page, since its engine takes a while to start. */
export const test = base.extend<object, { worker: BrowserWorker }>({
  worker: [
    async ({ browser }, use) => {
      const server = await serveFolder('dist/browser-tests');
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.url);
      await use({
        page,
        call: (name, ...given) => page.evaluate(callWorker, { name, given }) as Promise<never>,
        kill: () => page.evaluate(() => (window as unknown as TestWindow).killWorker()),
      });
      await context.close();
      server.close();
    },
    { scope: 'worker' },
  ],
});

interface TestWindow {
  callWorker(name: string, ...given: unknown[]): Promise<unknown>;
  killWorker(): void;
}

function callWorker({ name, given }: { name: string; given: unknown[] }): Promise<unknown> {
  return (window as unknown as TestWindow).callWorker(name, ...given);
}
