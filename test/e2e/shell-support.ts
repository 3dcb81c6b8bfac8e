import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type RunningShell, type Start, startShell } from '../support/electron/start-shell';

/** The built desktop shell on the stand-in for Electron, with a home of its own. */
export interface Desktop {
  readonly home: string;
  /** a copy of the sample */
  readonly project: string;
  start(more?: Partial<Start>): Promise<RunningShell>;
}

/** Tests of the desktop shell; what a test leaves running is quit. */
export const test = base.extend<{ desktop: Desktop }>({
  desktop: async ({ browser }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'teal-shell-'));
    const project = join(home, 'sushi');
    cpSync(resolve('examples/sushi'), project, { recursive: true });
    const shells: RunningShell[] = [];
    await use({
      home,
      project,
      start: async (more) => {
        const shell = await startShell(browser, { dist: resolve('dist/electron'), home, ...more });
        shells.push(shell);
        return shell;
      },
    });
    for (const shell of shells) {
      if (!shell.app.hasEnded) await shell.quit();
      await shell.machine.closed;
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
});

export { expect };
