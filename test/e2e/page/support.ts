import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { serveFolders } from '../../support/static-server.mjs';

/** The static page behind a plain file server. */
export interface Served {
  readonly url: string;
  /** paths that were asked for */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Tests of the built page; no request of theirs may leave the page's own server. */
export const test = base.extend<{ served: Served; strangers: string[] }, { suite: string }>({
  suite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), 'teal-suite-'));
      await buildSuite(dir);
      await use(dir);
      rmSync(dir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  served: async ({}, use) => {
    const served = await serveFolders(resolve('dist/web'));
    await use(served);
    await served.close();
  },
  strangers: [
    async ({ context }, use) => {
      const strangers: string[] = [];
      context.on('request', (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:http:\/\/127\.0\.0\.1:)/.test(request.url()))
          strangers.push(request.url());
      });
      await use(strangers);
      expect(strangers).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The platform's own suite as one script, built as the page is. */
async function buildSuite(dir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'silent',
    root: resolve('.'),
    build: {
      outDir: dir,
      emptyOutDir: true,
      minify: false,
      lib: { entry: resolve('test/e2e/page/suite-worker.ts'), formats: ['es'], fileName: () => 'suite.js' },
    },
  });
}

/** Runs one case of the suite in a worker of the page, and gives what it answers. */
export function runCase(page: Page, name: string): Promise<string> {
  return page.evaluate(
    (run) =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker('./suite.js', { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) => resolve(String(data));
        worker.postMessage({ run, base: document.baseURI });
      }),
    name,
  );
}
