import { join } from 'node:path';
import { withShadows } from './states';
import { expect, expectAccessible, goTo, test } from './support';

const ROOMS = ['Raw data', 'Canvas', 'Backfill', 'Compare', 'Releases', 'History'];

for (const theme of ['light', 'dark'] as const) {
  test(`every screen is accessible, ${theme}`, async ({ page, teal }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(await withShadows(teal));
    await page.getByText('fix_discount').first().click();
    for (const room of ROOMS) {
      await goTo(page, room);
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      if (room === 'Compare')
        await expect(page.getByRole('heading', { name: /^Changed as expected/ })).toBeVisible();
      await test.step(room, () => expectAccessible(page));
    }
  });
}

test('the welcome screen and the palette are accessible', async ({ page, teal }) => {
  await page.goto(await teal.start());
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
});

test('files dropped on the welcome screen become sources of a new project', async ({ page, teal }) => {
  await page.goto(await teal.start());
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).first().click();
  await (await chooser).setFiles([
    join(teal.project, 'raw/stores.csv'),
    join(teal.project, 'raw/products.parquet'),
  ]);
  await expect(page.getByRole('listbox', { name: 'Sources' })).toContainText('stores');
  await expect(page.getByRole('listbox', { name: 'Sources' })).toContainText('products');
});

test('a line that could not be read stands in the quarantine with its reason', async ({ page, teal }) => {
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Raw data');
  await page.getByRole('option', { name: /stream_feed/ }).click();
  const region = page.getByRole('region', { name: 'raw.stream_feed' });
  await expect(region).toContainText('24,318');
  await expect(region).toContainText('24,276');
  await expect(page.getByRole('grid', { name: 'Quarantined rows' })).toContainText('Not a number');
});

test('a wrong token gets no data', async ({ page, teal }) => {
  const url = new URL(await teal.start(teal.project));
  await page.goto(`${url.origin}/#token=wrong`);
  await expect(page.getByRole('contentinfo').getByText(/Teal does not know this window/)).toBeVisible();
  await expect(page.getByText('SQL Sushi Co.')).toHaveCount(0);
});

test('a broken model is shown with its place, and the others stay usable', async ({ page, teal }) => {
  await page.goto(await withShadows(teal));
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^mart.daily_sales/ }).click();
  const editor = page.getByRole('textbox', { name: 'SQL of mart.daily_sales' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText("\n'open");
  await expect(page.getByRole('status', { name: 'What the text changes' })).toContainText(/not closed/);
  await page.getByRole('treeitem', { name: /^mart.product_mix/ }).click();
  await expect(page.getByRole('grid', { name: 'Rows of mart.product_mix' })).toBeVisible();
});

test('after a crash in the middle of a fill the window says so, and the next one resumes it', async ({
  page,
  teal,
}) => {
  test.setTimeout(120_000);
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await expect(page.getByText(/[1-9]\d* of \d+ batches/).first()).toBeVisible();
  await teal.kill();
  await expect(page.getByText(/Connection lost/).first()).toBeVisible();
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Backfill');
  await expect(page.getByRole('heading', { name: /^Interrupted/ })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Releases');
  await expect(page.getByText('Release 1').first()).toBeVisible();
});
