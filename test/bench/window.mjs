// First paint of the window with the sample open, and the size of what it loads first.
import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../build/browser.mjs';
import { inFolder, median } from './support.mjs';

const LOADS = 5;

export async function windowBench() {
  const browser = findBrowser();
  if (!browser) return [{ label: 'no Chromium was found, so the window was not measured', value: 0 }];
  return inFolder(async (dir) => {
    const project = join(dir, 'sushi');
    cpSync('examples/sushi', project, { recursive: true });
    const fill = spawn(
      process.execPath,
      [resolve('dist/node/teal.js'), '-p', project, 'plan', 'prod', '--auto-apply'],
      { stdio: 'ignore' },
    );
    await new Promise((done) => fill.once('exit', done));
    const { server, url } = await serve(project);
    const chrome = await chromium.launch({
      executablePath: browser.executablePath,
      env: { ...process.env, ...browser.env },
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const paints = [];
    const drawn = [];
    for (let load = 0; load < LOADS; load++) {
      const page = await (await chrome.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      const started = performance.now();
      await page.goto(url);
      await page.getByText('fact_sales_transactions').first().waitFor();
      drawn.push((performance.now() - started) / 1000);
      paints.push(
        (await page.evaluate(
          () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        )) / 1000,
      );
      await page.context().close();
    }
    await chrome.close();
    server.kill('SIGTERM');
    return [
      { label: 'first paint with the sample open, median s', value: median(paints), limit: 2 },
      { label: 'the sample drawn on the canvas, median s', value: median(drawn), limit: 2 },
      { label: 'main bundle, KB gzip', value: mainBundle() / 1024, limit: 400 },
    ];
  });
}

async function serve(project) {
  const server = spawn(
    process.execPath,
    [resolve('dist/node/teal.js'), '-p', project, '--json', 'ui', '--no-open'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, UV_THREADPOOL_SIZE: '16' } },
  );
  const line = await new Promise((done) => server.stdout.once('data', done));
  return { server, url: JSON.parse(line.toString()).url };
}

/** What the page loads before anything else: the scripts and styles that index.html names. */
function mainBundle() {
  const html = readFileSync('dist/renderer/index.html', 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join('dist/renderer', file))).length, 0);
}
