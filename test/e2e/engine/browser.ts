import { resolve } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { serveFolders } from '../../support/static-server.mjs';

/** The worker of `test/browser`, called by name. */
export interface BrowserWorker {
  readonly page: Page;
  call<T>(name: string, ...given: unknown[]): Promise<T>;
  /** ends the worker at once, as a crash would; the next call goes to a new one */
  kill(): Promise<void>;
}

/** Tests of the worker; those of one file share a page, since its engine takes a while to start. */
export const test = base.extend<object, { worker: BrowserWorker }>({
  worker: [
    async ({ browser }, use) => {
      const server = await serveFolders(resolve('dist/browser-tests'));
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.url);
      await use({
        page,
        call: (name, ...given) => page.evaluate(callWorker, { name, given }) as Promise<never>,
        kill: () => page.evaluate(() => (window as unknown as TestWindow).killWorker()),
      });
      await context.close();
      await server.close();
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
