// How long after the desktop shell's first paint its host answers, through the stand-in for Electron.
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { runnerImport } from 'vite';
import { findBrowser } from '../../build/browser.mjs';
import { inFolder, median } from './support.mjs';

const STARTS = 7;
const LIMIT = 0.7;

export async function shellBench() {
  const browser = findBrowser();
  if (!browser) return [{ label: 'no Chromium was found, so the shell was not measured', value: 0 }];
  const { module } = await runnerImport(resolve('test/support/electron/start-shell.ts'));
  const chrome = await chromium.launch({
    executablePath: browser.executablePath,
    env: { ...process.env, ...browser.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const start = (args, text) => measure({ chrome, startShell: module.startShell, args, text });
  try {
    return await inFolder(async (dir) => {
      const project = join(dir, 'sushi');
      cpSync('examples/sushi', project, { recursive: true });
      // The first start of each kind fills the caches of the disk, and makes the warehouse.
      const bare = await several(() => start([], 'Recent'));
      const open = await several(() => start(['-p', project], 'SQL Sushi Co.'));
      return [
        figure('host ready after the first paint, no project, median s', bare),
        figure('host ready after the first paint, with the sample, median s', open),
        {
          label: 'first paint after the start of the app, median s',
          value: median(open.map(({ paint }) => paint)),
        },
      ];
    });
  } finally {
    await chrome.close();
  }
}

async function several(once) {
  await once();
  const times = [];
  for (let count = 0; count < STARTS; count++) times.push(await once());
  return times;
}

function figure(label, times) {
  const ready = times.map((time) => time.ready);
  return {
    label,
    value: median(ready),
    limit: LIMIT,
    note: `at most ${Math.max(...ready).toFixed(3)} in ${STARTS} starts`,
  };
}

/** Seconds from the start to the first paint, and from there until what the host says stands in the window. */
async function measure({ chrome, startShell, args, text }) {
  const home = process.env.TEAL_STATE_DIR;
  const shell = await startShell(chrome, {
    dist: resolve('dist/electron'),
    home,
    args,
    load: (url) => import(url),
  });
  const page = await shell.page();
  const drawn = await page.evaluate(waitForText, text);
  const { firstPaint } = shell.window().webContents;
  await shell.quit();
  return { paint: (firstPaint - shell.startedAt) / 1000, ready: Math.max(0, drawn - firstPaint) / 1000 };
}

/** Runs in the page: the moment at which a text stands in it, in milliseconds since 1970. */
function waitForText(text) {
  return new Promise((done) => {
    const look = () =>
      document.body.textContent.includes(text) && done(performance.timeOrigin + performance.now());
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    look();
  });
}
