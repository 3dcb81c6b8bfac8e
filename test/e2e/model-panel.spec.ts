import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTeal } from './states';
import { expect, expectAccessible, goTo, type Teal, test } from './support';

const PYTHON = `from sqlmesh import model

@model("stock.forecast", kind="full", columns={"item_id": "int"})
def execute(context, start, end, execution_time, **kwargs):
    return context.fetchdf("SELECT item_id FROM stock.levels")
`;
const BELOW = `MODEL (name stock.forecast_gap, kind FULL);
SELECT item_id FROM stock.forecast`;

/** A project of SQLMesh with audits and unit tests, a model in Python, a model below that, and macros in Python. */
function stockProject(teal: Teal): string {
  const dir = join(teal.dir, 'stock');
  cpSync(resolve('test/compat/cases/stock-guards/project'), dir, { recursive: true });
  mkdirSync(join(dir, 'macros'));
  writeFileSync(join(dir, 'models/forecast.py'), PYTHON);
  writeFileSync(join(dir, 'models/forecast_gap.sql'), BELOW);
  writeFileSync(join(dir, 'macros/rates.py'), 'from sqlmesh import macro\n');
  return dir;
}

// Colours that are still on their way from one state to another are no finding.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

test('a project of SQLMesh opens: kinds are explained, what is not run here says so, the rest works', async ({
  page,
  teal,
}) => {
  test.setTimeout(120_000);
  const dir = stockProject(teal);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Canvas');
  const python = page.getByRole('treeitem', { name: /^stock.forecast,.*Python, not run here/ });
  await python.click();
  await expect(page.getByRole('status', { name: 'What the text changes' })).toContainText('Not run here');
  await expect(page.getByRole('heading', { name: 'Python, not run here' })).toBeVisible();
  await expect(
    page.getByRole('treeitem', { name: /^stock.forecast_gap,.*Waits for what it reads/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: '1 file is not run here' }).click();
  await expect(page.getByRole('dialog')).toContainText('macros/rates.py holds macros written in Python');
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem', { name: /^stock.moves,/ }).click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('INCREMENTAL_BY_TIME_RANGE');
  await expect(panel).toContainText('Rows belong to an interval by day.');
  await expect(panel).toContainText('lookback0defaultLate rows are not looked for.');
  await expectAccessible(page);
});

test('settings are changed one by one, in the text that is edited, and nothing else of the file', async ({
  page,
  teal,
}) => {
  test.setTimeout(120_000);
  const dir = stockProject(teal);
  const file = join(dir, 'models/moves.sql');
  const before = readFileSync(file, 'utf8');
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^stock.moves,/ }).click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const panel = page.getByRole('tabpanel');
  const value = panel.getByLabel(/as it is written in the block$/);
  await panel.getByRole('button', { name: 'Change lookback' }).press('Enter');
  await value.fill('2, x');
  await value.press('Enter');
  await expect(panel).toContainText('cannot be set to 2, x');
  await expectAccessible(page);
  await value.fill('2');
  await value.press('Enter');
  await expect(panel).toContainText('lookback2not saved');
  await panel.getByRole('button', { name: /Add a setting/ }).click();
  await page.getByRole('option', { name: /^tags/ }).click();
  await value.fill('[stock]');
  await panel.getByRole('button', { name: 'Set' }).click();
  await expect(panel).toContainText('tags[stock]not saved');
  await expect(panel.getByRole('status', { name: 'What the text changes' })).toContainText('Breaking');
  expect(readFileSync(file, 'utf8')).toBe(before);
  await page.getByRole('button', { name: 'Save Ctrl S' }).click();
  await expect(panel).not.toContainText('not saved');
  const after = readFileSync(file, 'utf8');
  expect(after).toContain('lookback 2');
  const kept = after.replace(/,\s*lookback 2/, '').replace(/,\s*tags \[stock\]/, '');
  expect(kept).toBe(before);
  await panel.getByRole('button', { name: 'Change lookback' }).click();
  await panel.getByRole('button', { name: 'Take it out' }).click();
  await expect(panel).toContainText('taken out, not saved');
});

test('macros stand filled in beside the source, for a span and an environment', async ({ page, teal }) => {
  test.setTimeout(120_000);
  const dir = stockProject(teal);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^stock.moves,/ }).click();
  await page.getByRole('button', { name: 'Rendered', exact: true }).click();
  const rendered = page.getByRole('region', { name: 'Rendered SQL of stock.moves' });
  const source = page.getByRole('textbox', { name: 'SQL of stock.moves', exact: true });
  await expect(source).toContainText('@start_ds');
  await rendered.getByLabel('From').fill('2024-09-02');
  await rendered.getByLabel('Last day').fill('2024-09-03');
  await expect(rendered).toContainText("BETWEEN '2024-09-02' AND '2024-09-03'");
  await expect(rendered).toContainText('teal render stock.moves --start 2024-09-02 --end 2024-09-03');
  await rendered.getByLabel('From').fill('soon');
  await expect(rendered).toContainText('A date, as 2025-02-01');
  await rendered.getByLabel('From').fill('2024-09-04');
  await expect(rendered).toContainText('Not before the start');
  await expectAccessible(page);
  await rendered.getByRole('button', { name: 'Back to the rows' }).click();
  await expect(page.getByRole('grid', { name: 'Rows of stock.moves' })).toBeVisible();
});

test('audits show what came of each run and the rows that failed', async ({ page, teal }) => {
  test.setTimeout(120_000);
  const dir = stockProject(teal);
  const alone = 'AUDIT (name level_of_hinges, standalone true);\nSELECT * FROM stock.levels WHERE level > 0';
  writeFileSync(join(dir, 'audits/hinges.sql'), alone);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^stock.levels,/ }).click();
  await page.getByRole('tab', { name: /^Audits/ }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('status')).toContainText('4 audits, 2 failed');
  await expect(panel).toContainText('level_of_hingesStands alone, stops nothing');
  await expect(panel).toContainText('level_in_rangeStops the filllowest := 0, highest := 100000');
  await expect(panel).toContainText('few_emptyIs noted, the fill goes on');
  await panel.getByRole('button', { name: 'Audit what is live' }).click();
  await panel
    .getByRole('button', { name: /^Show the rows that failed level_of_hinges/ })
    .first()
    .click();
  await expect(page.getByRole('grid', { name: 'Rows that fail level_of_hinges' })).toBeVisible();
  const shows = panel.getByRole('button', { name: /^Show the rows that failed few_empty/ });
  await expect(shows).toHaveCount(2);
  await shows.first().click();
  const rows = page.getByRole('grid', { name: 'Rows that fail few_empty' });
  await expect(rows).toContainText('hinge');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close the failing rows' }).click();
  await expect(page.getByRole('grid', { name: 'Rows of stock.levels' })).toBeVisible();
});

test('a unit test is written from live rows, run, and shows the rows that differ', async ({ page, teal }) => {
  test.setTimeout(120_000);
  const dir = stockProject(teal);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^stock.shelf_levels,/ }).click();
  await page.getByRole('tab', { name: /^Tests/ }).click();
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Write a test' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('2 wrong');
  await expect(form).toContainText('a letter first');
  await form.getByLabel('Name').fill('test_first_shelves');
  await form.getByRole('button', { name: 'Write the test' }).click();
  await expect(panel).toContainText('test_first_shelves');
  await panel.getByRole('button', { name: 'Run 2 tests' }).click();
  await expect(panel.getByRole('status')).toContainText('2 tests, all passed');
  const file = join(dir, 'models/shelf_levels.sql');
  writeFileSync(
    file,
    `MODEL (name stock.shelf_levels, kind FULL);
SELECT i.shelf, SUM(l.level)::BIGINT + 1 AS level FROM stock.levels AS l JOIN stock.items AS i ON i.item_id = l.item_id GROUP BY i.shelf`,
  );
  await expect(page.getByRole('treeitem', { name: /^stock.shelf_levels,/ })).toContainText('3');
  await expect(async () => {
    await panel.getByRole('button', { name: 'Run 2 tests' }).click();
    await expect(panel.getByRole('status')).toContainText('2 tests, 2 failed', { timeout: 3000 });
  }).toPass();
  const table = panel.getByRole('table', { name: 'Rows that differ in test_first_shelves' });
  await expect(table).toContainText('−expected');
  await expect(table).toContainText('+came');
  await expectAccessible(page);
});
