// The engine in the browser against the native one: the same project through the same service, on 1 M rows.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../build/browser.mjs';
import { serveFolders } from '../support/static-server.mjs';
import { makeData, projectFiles } from './backfill.mjs';
import { inFolder, least, writeFiles } from './support.mjs';

const ROWS = Number(process.env.TEAL_BENCH_BROWSER_ROWS ?? 1_000_000);
const FILES = 12;
const ROUNDS = Number(process.env.TEAL_BENCH_REPEATS ?? 3);
const NOW = { executionTime: '2026-01-01' };

export async function enginesBench() {
  const browser = findBrowser();
  if (!browser) return [{ label: 'no Chromium was found, so the browser was not measured', value: 0 }];
  return inFolder(async (dir) => {
    await makeData(join(dir, 'raw'), { rows: ROWS, files: FILES });
    const files = projectFiles();
    const native = [];
    const page = [];
    // In turn, so that a slow moment of the machine falls on both.
    for (let round = 0; round < ROUNDS; round++) {
      native.push(await natively(join(dir, `native-${round}`), join(dir, 'raw'), files));
      page.push(await inBrowser(browser, join(dir, 'raw'), files));
    }
    return ['take in', 'backfill', 'shadow', 'comparison'].map((step) => {
      const [here, there] = [page, native].map((rounds) => least(rounds.map((times) => times[step])));
      return {
        label: `${step} of ${ROWS} rows in the browser, times native`,
        value: here / there,
        ...(step === 'backfill' || step === 'comparison' ? { limit: 5 } : {}),
        note: `${(here / 1000).toFixed(2)} s against ${(there / 1000).toFixed(2)} s`,
      };
    });
  });
}

async function natively(project, raw, files) {
  const { startHost } = await import(resolve('dist/node/host.js'));
  writeFiles(project, files);
  copyRaw(raw, (path, bytes) => writeFiles(project, { [`raw/${path}`]: bytes }));
  const host = startHost({ version: 'bench', way: 'benchmark' });
  const client = host.client();
  const call = async (id, input) => {
    const started = performance.now();
    const output = await client.call(id, input);
    return { output, ms: performance.now() - started };
  };
  try {
    return await job(call, project);
  } finally {
    await host.close();
  }
}

async function inBrowser(browser, raw, files) {
  const chrome = await chromium.launch({
    executablePath: browser.executablePath,
    env: { ...process.env, ...browser.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const served = await serveFolders('dist/browser-tests');
  try {
    const page = await (await chrome.newContext()).newPage();
    await page.goto(served.url);
    const worker = (name, ...given) =>
      page.evaluate(({ name, given }) => window.callWorker(name, ...given), { name, given });
    const encoder = new TextEncoder();
    for (const [path, text] of Object.entries(files))
      await worker('store', { [`/projects/bench/${path}`]: encoder.encode(text) });
    const pieces = [];
    copyRaw(raw, (path, bytes) => pieces.push([`/projects/bench/raw/${path}`, new Uint8Array(bytes)]));
    for (const [path, bytes] of pieces) await worker('store', { [path]: bytes });
    return await job((id, input) => worker('call', id, input), '/projects/bench');
  } finally {
    await chrome.close();
    await served.close();
  }
}

/** Opens, fills, changes the model, fills a shadow, compares; ms of each step, as the service's own worker sees them. */
async function job(call, dir) {
  const opened = await call('project.open', { dir });
  const sources = await call('source.list', {});
  const { output: plan } = await call('plan.build', NOW);
  const backfill = await call('backfill.start', { plan: plan.id, wait: true });
  const { output: model } = await call('model.read', { model: 'bench.orders' });
  const text = model.text.replace('(1 - o.discount)', '(1 - o.discount / 2)');
  await call('model.save', { model: 'bench.orders', text });
  const { output: again } = await call('plan.build', { ...NOW, environment: 'dev' });
  const shadow = await call('backfill.start', { plan: again.id, wait: true });
  const comparison = await call('compare.run', { old: 'prod', new: 'dev' });
  const changed = comparison.output.models.find(({ model: name }) => name === 'bench.orders');
  if (!changed || comparison.output.verdict === 'equal') throw new Error('The comparison found no change.');
  return {
    'take in': opened.ms + sources.ms,
    backfill: backfill.ms,
    shadow: shadow.ms,
    comparison: comparison.ms,
  };
}

function copyRaw(raw, take) {
  mkdirSync(raw, { recursive: true });
  for (const entry of readdirSync(raw, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    take(path.slice(raw.length + 1).replaceAll('\\', '/'), readFileSync(path));
  }
}
