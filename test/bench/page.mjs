// The static page from a cold cache behind a plain file server: its first screen, the sample drawn and usable, and its weight.
import { chromium } from '@playwright/test';
import { findBrowser } from '../../build/browser.mjs';
import { measurePage } from '../../build/page-size.mjs';
import { serveFolders } from '../support/static-server.mjs';
import { median } from './support.mjs';

const LOADS = 5;
const MB = 1024 ** 2;

export async function pageBench() {
  const browser = findBrowser();
  if (!browser) return [{ label: 'no Chromium was found, so the page was not measured', value: 0 }];
  const served = await serveFolders('dist/web');
  const shown = [];
  const usable = [];
  const again = [];
  for (let load = 0; load < LOADS; load++) {
    // A browser of its own each time: nothing is cached, not even compiled code.
    const chrome = await chromium.launch({
      executablePath: browser.executablePath,
      env: { ...process.env, ...browser.env },
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const page = await (await chrome.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    const started = performance.now();
    await page.goto(served.url);
    await page.getByRole('button', { name: 'Open the sample' }).waitFor();
    shown.push((performance.now() - started) / 1000);
    await page.getByRole('button', { name: 'Open the sample' }).click();
    await selectModel(page);
    usable.push((performance.now() - started) / 1000);
    const reloaded = performance.now();
    await page.reload();
    await selectModel(page);
    again.push((performance.now() - reloaded) / 1000);
    await chrome.close();
  }
  await served.close();
  const { all } = measurePage('dist/web');
  const note = (times) => times.map((time) => time.toFixed(2)).join(', ');
  return [
    { label: 'first screen from a cold cache, median s', value: median(shown), note: note(shown) },
    {
      label: 'interactive with the sample from a cold cache, median s',
      value: median(usable),
      limit: 5,
      note: note(usable),
    },
    { label: 'back in the sample after a reload, median s', value: median(again), note: note(again) },
    { label: 'the whole page, MB gzip', value: all.packed / MB, limit: 18 },
  ];
}

/** A model is drawn, takes a press, and its SQL is in the editor. */
async function selectModel(page) {
  await page.getByRole('tree').getByText('fact_sales_transactions').click({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'SQL of mart.fact_sales_transactions' }).waitFor();
}
