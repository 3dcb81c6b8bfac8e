import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyCase, editCase } from './sqlmesh-projects';
import { runTeal } from './states';
import { expect, expectAccessible, goTo, test } from './support';

const BAKERY = 'bakery-changes';
const STOCK = 'stock-guards';

async function planInto(page: Page, environment: string): Promise<void> {
  await goTo(page, 'Backfill');
  await page.getByLabel('Into the environment').fill(environment);
  await page.getByRole('button', { name: `Plan ${environment}` }).click();
  await expect(page.getByRole('heading', { name: environment, level: 2 })).toBeVisible();
}

const card = (page: Page) => page.getByRole('region', { name: 'What the plan says' });

// Colours that are still on their way from one state to another are no finding.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

test('a change that nobody has categorised waits for somebody to choose', async ({ page, teal }) => {
  test.setTimeout(120_000);
  const dir = copyCase(teal, 'choose-off');
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  editCase(dir, 'choose-off', 2);
  await page.goto(await teal.start(dir));
  await planInto(page, 'dev');
  await expect(page.getByRole('button', { name: 'Check fails: Categories' })).toBeDisabled();
  await expect(card(page)).toContainText('Choose whether the change of shop.a is breaking');
  await expectAccessible(page);
  await page.getByRole('button', { name: /Category of shop.a/ }).click();
  await page.getByRole('option', { name: /^Non-breaking/ }).click();
  await expect(page.getByRole('button', { name: 'Fill 1 shadow, 1 batch' })).toBeEnabled();
  await expect(card(page)).toContainText('teal plan dev --choice shop.a=NON_BREAKING --auto-apply');
});

test('a plan says the category of each change with its reason, and takes what somebody says instead', async ({
  page,
  teal,
}) => {
  test.setTimeout(180_000);
  const dir = copyCase(teal, BAKERY);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  editCase(dir, BAKERY, 2);
  await page.goto(await teal.start(dir));
  await planInto(page, 'dev');
  await expect(card(page)).toContainText('shop_dayNon-breaking');
  await expect(card(page)).toContainText('Columns were added; all others stay as they were.');
  await expect(card(page)).toContainText('shop_totalIndirect non-breaking');
  await expect(page.getByRole('button', { name: 'Fill 1 shadow, 1 batch' })).toBeEnabled();
  const text = page.getByRole('region', { name: 'Text of mart.shop_day' });
  await expect(text.getByRole('insertion').filter({ hasText: 'SUM(x.qty)::BIGINT AS pieces' })).toBeVisible();
  await expect(text.getByRole('deletion')).toHaveCount(1);

  await test.step('an overrule computes the models below too', async () => {
    await page.getByRole('button', { name: /Category of mart.shop_day/ }).click();
    await page.getByRole('option', { name: /^Breaking/ }).click();
    await expect(card(page)).toContainText('shop_totalIndirect breaking');
    await expect(card(page)).toContainText('teal plan dev --choice mart.shop_day=BREAKING --auto-apply');
    await expect(page.getByRole('button', { name: 'Fill 2 shadows, 2 batches' })).toBeEnabled();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Take shop_day as the planner does' }).click();
    await expect(card(page)).toContainText('shop_totalIndirect non-breaking');
  });

  await test.step('options are checked where they are typed', async () => {
    await page.getByRole('button', { name: /^Set a span/ }).click();
    await card(page).getByLabel('From').fill('yesterday');
    await expect(card(page)).toContainText('A date, as 2025-02-01');
    await expect(page.getByRole('button', { name: /^Fill 1 shadow/ })).toBeDisabled();
    await card(page).getByLabel('From').fill('');
    await card(page).getByText('Forward only: rows that are there stay').click();
    await card(page).getByLabel('Effective from').fill('soon');
    await expect(card(page)).toContainText('A date, as 2025-02-01');
    await card(page).getByLabel('Effective from').fill('');
    await expect(card(page)).toContainText('Forward-only');
    await expect(card(page)).toContainText('teal plan dev --forward-only --auto-apply');
    await expectAccessible(page);
    await card(page).getByText('Forward only: rows that are there stay').click();
  });

  await test.step('and it is carried out', async () => {
    await page.getByRole('button', { name: 'Fill 1 shadow, 1 batch' }).click();
    await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible();
  });
});

test('history is computed again for models and days of choice', async ({ page, teal }) => {
  test.setTimeout(180_000);
  const dir = copyCase(teal, 'freight-restate');
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Backfill');
  const other = page.getByRole('button', { name: 'Plan something else' });
  const choose = page.getByRole('button', { name: 'Choose models and days' });
  await expect(other.or(choose)).toBeVisible();
  if (await other.isVisible()) await other.click();
  await choose.click();
  await expect(page.getByRole('heading', { name: 'Nothing to fill' })).toBeVisible();
  const field = card(page).getByLabel('Compute the history again of');
  await field.fill('no.such_model');
  await expect(page.getByRole('alert').filter({ hasText: 'no.such_model' })).toBeVisible();
  const asked = page.getByRole('region', { name: 'What was asked for' });
  await asked.getByLabel('Compute the history again of').fill('freight.depots, freight.locked_day');
  await expect(card(page)).toContainText('locked_day: Its model forbids restatement');
  await expect(card(page)).toContainText('computed again');
  await card(page).getByLabel('From').fill('2024-04-02');
  await card(page).getByLabel('To, that day included').fill('2024-04-03');
  await expect(card(page)).toContainText(
    '--restate-model freight.depots freight.locked_day --start 2024-04-02 --end 2024-04-03',
  );
  const start = page.getByRole('button', { name: /^Fill and make live/ });
  await expect(start).toBeEnabled();
  await expectAccessible(page);
  await start.click();
  await expect(page.getByRole('heading', { name: /^Filled and live/ })).toBeVisible();
});

test('an audit that fails stops its model; what it found and what was left out is said', async ({
  page,
  teal,
}) => {
  test.setTimeout(180_000);
  const dir = copyCase(teal, STOCK);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  const file = join(dir, 'models/levels.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace('::BIGINT AS level', '::BIGINT - 1000 AS level'));
  await page.goto(await teal.start(dir));
  await planInto(page, 'dev');

  await test.step('unit tests come first, and stop the start', async () => {
    await page.getByRole('button', { name: /^Fill 2 shadows/ }).click();
    const stopped = page.getByRole('alert').filter({ hasText: 'A unit test fails: test_levels_add_up.' });
    await expect(stopped).toBeVisible();
    await page.getByRole('button', { name: 'Start all the same' }).click();
  });

  await test.step('the run says what failed, with the rows', async () => {
    await expect(page.getByRole('heading', { name: 'Failed', exact: true })).toBeVisible();
    const found = page.getByRole('region', { name: 'What the run found' });
    await expect(found).toContainText('level_in_range failed on levels');
    await expect(found).toContainText('Left out, since what they read failed: shelf_levels');
    await found.getByRole('button', { name: /that failed level_in_range$/ }).click();
    await expect(page.getByRole('grid', { name: 'Rows that fail level_in_range' })).toContainText('hinge');
    await expectAccessible(page);
  });
});
