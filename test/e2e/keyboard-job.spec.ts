import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { escapeTo, expectFocusKept, pressOn, tabTo } from './keyboard';
import { expect, test } from './support';

const FIXED = readFileSync(
  resolve('examples/sushi/fixes/fix_discount/models/mart/fact_sales_transactions.sql'),
  'utf8',
);
const ROOMS = ['Raw data', 'Canvas', 'Backfill', 'Compare', 'Releases', 'History'];

async function goByKey(page: Page, room: string): Promise<void> {
  await page.keyboard.press(String(ROOMS.indexOf(room) + 1));
  await expect(page.getByRole('heading', { level: 1, name: room })).toBeAttached();
  await expectFocusKept(page);
}

const canvas = (page: Page) => page.getByRole('application', { name: /^Models of/ });

test('from nothing to a swap and back, by keyboard alone', async ({ page, teal }) => {
  test.setTimeout(240_000);
  await page.goto(await teal.start());

  await test.step('the sample is opened', async () => {
    await pressOn(page, page.getByRole('button', { name: 'Open the sample' }));
    await expect(page.getByText('SQL Sushi Co.').first()).toBeVisible();
    await expectFocusKept(page);
  });

  await test.step('the first fill runs, pauses, goes on and ends', async () => {
    await goByKey(page, 'Canvas');
    await pressOn(page, page.getByRole('button', { name: 'Fill 10 models' }));
    await pressOn(page, page.getByRole('button', { name: /Fill and make live 10 models/ }));
    await pressOn(page, page.getByRole('button', { name: 'Pause' }));
    await expect(page.getByRole('heading', { name: /^Paused/ })).toBeVisible();
    await expectFocusKept(page);
    await tabTo(page, page.getByRole('grid', { name: 'Batches by model and time' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /batch/i }).first()).toBeVisible();
    await pressOn(page, page.getByRole('button', { name: 'Resume' }));
    await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
    await expectFocusKept(page);
  });

  await test.step('a node is found along the edges, opened, edited and saved', async () => {
    await goByKey(page, 'Canvas');
    await tabTo(page, canvas(page));
    await stepTo(page, 'ArrowDown', /^raw.discounts/);
    await stepTo(page, 'ArrowRight', /^mart.fact_sales_transactions/);
    await page.keyboard.press('Enter');
    const editor = page.getByRole('textbox', { name: 'SQL of mart.fact_sales_transactions' });
    await expect(editor).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(FIXED);
    await expect(page.getByRole('status', { name: 'What the text changes' })).toContainText('Breaking');
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByText('Not saved')).toBeHidden();
    await page.keyboard.press('Tab');
    await expect(editor).not.toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(editor).toBeFocused();
    await escapeTo(page, canvas(page));
  });

  await test.step('the ready backfill fills its shadows', async () => {
    await goByKey(page, 'Backfill');
    await pressOn(page, page.getByRole('button', { name: 'Plan something else' }));
    await pressOn(page, page.getByRole('button', { name: 'Plan fix-discount' }));
    await pressOn(page, page.getByRole('button', { name: /Fill 5 shadows/ }));
    await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
    await expectFocusKept(page);
  });

  await test.step('the comparison is walked: heat map, columns, rows', async () => {
    await pressOn(page, page.getByRole('button', { name: 'Compare with prod' }));
    await expect(page.getByRole('heading', { name: 'Changed as expected, 5 models' })).toBeVisible();
    await expectFocusKept(page);
    await tabTo(page, page.getByRole('option').first());
    await page.keyboard.press('Home');
    await expect(page.getByRole('option', { name: /fact_sales_transactions/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('grid', { name: /^Changed rows of .* by column/ }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const rows = page.getByRole('grid', { name: 'Rows that differ' });
    await tabTo(page, rows);
    await page.keyboard.press('ArrowDown');
    await expect(rows).toHaveAttribute('aria-activedescendant', /-1-0$/);
  });

  await test.step('all models are swapped at once, and rolled back', async () => {
    await pressOn(page, page.getByRole('button', { name: 'Go to the swap' }));
    await expectFocusKept(page);
    await tabTo(page, page.getByRole('textbox', { name: /^Note/ }));
    await page.keyboard.type('The combo discount is taken once');
    await pressOn(page, page.getByRole('button', { name: 'Swap 5 models to release 2' }));
    await expect(page.getByText(/Release 2 is live/).first()).toBeVisible();
    await expectFocusKept(page);
    await pressOn(page, page.getByRole('button', { name: 'Roll back to release 1' }).first());
    await expect(page.getByRole('heading', { name: 'Release 3' })).toBeVisible();
    await expectFocusKept(page);
  });

  await test.step('the history tells of it', async () => {
    await goByKey(page, 'History');
    const records = page.getByRole('grid', { name: 'Records' });
    await tabTo(page, records);
    await page.keyboard.press('ArrowDown');
    await expect(records).toContainText('Rolled back to release 1');
    await expect(records).toHaveAttribute('aria-activedescendant', /-2$/);
  });
});

/** Presses an arrow until the selected node is the wanted one. */
async function stepTo(page: Page, key: string, name: RegExp): Promise<void> {
  const selected = page.locator('[role="treeitem"][aria-selected="true"]');
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press(key);
    await expect(selected).toHaveCount(1);
    if (name.test((await selected.getAttribute('aria-label')) ?? '')) return;
  }
  throw new Error(`${key} did not lead to ${name}.`);
}
