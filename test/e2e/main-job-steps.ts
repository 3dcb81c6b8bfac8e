import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, goTo, test } from './support';

const FIXED = readFileSync(
  resolve('examples/sushi/fixes/fix_discount/models/mart/fact_sales_transactions.sql'),
  'utf8',
);

/** Presses the button that fills, and waits until the run says that it is done. */
async function fill(page: Page, button: RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 180_000 });
}

/** From the welcome screen to a swap of the sample and back, by mouse: the same steps and figures in every way in. */
export async function mainJob(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample' }).click();

  await test.step('the sample is drawn, and nothing is live', async () => {
    await expect(page.getByText('SQL Sushi Co.').first()).toBeVisible();
    await goTo(page, 'Canvas');
    await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  });

  await test.step('the first fill makes release 1', async () => {
    await page.getByRole('button', { name: 'Fill 10 models' }).click();
    await fill(page, /Fill and make live 10 models/);
    await goTo(page, 'Releases');
    await expect(page.getByText('Release 1').first()).toBeVisible();
  });

  await test.step('an edit shows what it touches before it is saved', async () => {
    await goTo(page, 'Canvas');
    await page.getByRole('tree').getByText('fact_sales_transactions').click();
    const editor = page.getByRole('textbox', { name: 'SQL of mart.fact_sales_transactions' });
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(FIXED);
    await expect(page.getByRole('status', { name: 'What the edits touch' })).toContainText(
      '4 models affected',
    );
    await expect(page.getByRole('status', { name: 'What the text changes' })).toContainText('Breaking');
    await page.getByRole('button', { name: 'Save Ctrl S' }).click();
    await expect(page.getByText('Not saved')).toBeHidden();
  });

  await test.step('the ready backfill fills two months into shadows', async () => {
    await goTo(page, 'Backfill');
    await page.getByRole('button', { name: 'Plan something else' }).click();
    await page.getByRole('button', { name: 'Plan fix-discount' }).click();
    await expect(page.getByText(/teal_data\.mart__fact_sales_transactions__/).first()).toBeVisible();
    await fill(page, /Fill 5 shadows/);
  });

  await test.step('the comparison is as expected, down to the cell', async () => {
    await page.getByRole('button', { name: 'Compare with prod' }).click();
    await expect(page.getByRole('heading', { name: 'Changed as expected, 5 models' })).toBeVisible();
    await page.getByRole('option', { name: /fact_sales_transactions/ }).click();
    await expect(page.getByRole('button', { name: /^Changed/ }).first()).toContainText('2,316');
    await expect(
      page.getByRole('grid', { name: /Changed rows of mart.fact_sales_transactions/ }),
    ).toBeVisible();
  });

  await test.step('all models are swapped at once', async () => {
    await page.getByRole('button', { name: 'Go to the swap' }).click();
    await page.getByRole('button', { name: 'Swap 5 models to release 2' }).click();
    await expect(page.getByText(/Release 2 is live/).first()).toBeVisible();
  });

  await test.step('and taken back', async () => {
    await page.getByRole('button', { name: 'Roll back to release 1' }).first().click();
    await expect(page.getByRole('heading', { name: 'Release 3' })).toBeVisible();
    await goTo(page, 'History');
    await expect(page.getByRole('grid', { name: 'Records' })).toContainText('Rolled back to release 1');
  });
}
