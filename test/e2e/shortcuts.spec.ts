import type { Page } from '@playwright/test';
import { tabTo } from './keyboard';
import { compareShadow, selectModel, withShadows } from './states';
import { expect, goTo, test } from './support';

/** Letters, digits and signs that a keyboard has, and letters with Ctrl that a browser leaves to its pages. */
const UNIVERSE = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789?/.,;+-=[]',
  // Opening a folder comes last: it leaves the project.
  ...[...'abcdefghijklmsuvxyzo'].map((key) => `Mod+${key.toUpperCase()}`),
];
/** Taken by the browser's own editing or focus, so that no page has to. */
const BY_BROWSER = ['Tab', 'Shift+Tab'];

type Listed = Readonly<Record<string, readonly string[]>>;

/** What the panel lists, by place. */
async function listed(page: Page): Promise<Listed> {
  await toMain(page);
  await page.keyboard.press('?');
  const panel = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(panel).toBeVisible();
  const groups = await panel
    .locator('section[aria-label]:has(li)')
    .evaluateAll((sections) =>
      sections
        .filter((section) => section.querySelector('section') === null)
        .map((section) => [
          section.getAttribute('aria-label'),
          [...section.querySelectorAll('li')].flatMap((line) => (line.dataset['keys'] ?? '').split(' ')),
        ]),
    );
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  return Object.fromEntries(groups) as Listed;
}

/** Whether somebody took the key. */
async function isTaken(page: Page, chord: string): Promise<boolean> {
  const taken = page.evaluate(
    () =>
      new Promise<boolean>((done) => {
        const listen = (event: KeyboardEvent): void => {
          if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
          window.removeEventListener('keydown', listen, true);
          setTimeout(() => done(event.defaultPrevented), 0);
        };
        window.addEventListener('keydown', listen, true);
      }),
  );
  await page.evaluate(() => undefined);
  await page.keyboard.press(
    chord.replace('Mod', 'ControlOrMeta').replace('Ctrl', 'Control').replace('Plus', '+'),
  );
  return taken;
}

/** Closes what the last key opened, and puts the focus on the room. */
async function toMain(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate(() => document.getElementById('main')?.focus());
}

async function takenOf(page: Page, keys: readonly string[], prepare: () => Promise<void>): Promise<string[]> {
  const taken: string[] = [];
  for (const key of keys) {
    await prepare();
    if (await isTaken(page, key)) taken.push(key);
  }
  return taken;
}

test('the keys of the window are those that are listed', async ({ page, teal }) => {
  test.setTimeout(240_000);
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  const tree = page.getByRole('tree');
  await expect(tree).toBeVisible();
  const { Rooms = [], Window = [], Canvas = [], Projects = [] } = await listed(page);
  expect(Rooms).toEqual(['1', '2', '3', '4', '5', '6']);
  const all = [...Rooms, ...Window, ...Canvas, ...Projects];
  const prepare = async (): Promise<void> => {
    await toMain(page);
    if (!(await tree.isVisible())) await page.keyboard.press('2');
    await expect(tree).toBeVisible();
  };
  const taken = await takenOf(page, UNIVERSE, prepare);
  const inOrder = (keys: readonly string[]) => keys.map((key) => key.toUpperCase()).toSorted();
  expect(inOrder(taken)).toEqual(inOrder(all));
});

test('each key that is listed for a part is taken by it', async ({ page, teal, context }) => {
  test.setTimeout(300_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(await withShadows(teal));
  await selectModel(page);
  const canvas = page.getByRole('application', { name: /^Models of/ });
  const reselect = () => page.getByRole('treeitem', { name: /^mart.daily_sales/ }).click();
  const parts: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'On the canvas',
      async () => {
        await reselect();
        await canvas.focus();
      },
    ],
    [
      'In the list of models',
      async () => {
        await page.getByRole('tree').focus();
        await page.keyboard.press('Home');
        if (
          (await page.getByRole('treeitem', { name: /^Sources/ }).getAttribute('aria-expanded')) === 'false'
        )
          await page.keyboard.press('Enter');
      },
    ],
    [
      'In a table',
      async () => {
        await reselect();
        await page.getByRole('grid', { name: 'Rows of mart.daily_sales' }).focus();
      },
    ],
    [
      'In the SQL editor',
      async () => {
        await reselect();
        const editor = page.getByRole('textbox', { name: 'SQL of mart.daily_sales' });
        await editor.focus();
        await page.keyboard.type('x');
      },
    ],
  ];
  const canvasKeys = await listed(page);
  for (const [place, prepare] of parts) {
    const keys = (canvasKeys[place] ?? []).filter((key) => !BY_BROWSER.includes(key));
    expect(keys.length, place).toBeGreaterThan(0);
    const taken = await takenOf(page, keys, async () => {
      await toMain(page);
      await prepare();
    });
    // Closing a group leaves nothing to close, and opening it nothing to open.
    expect(taken, place).toEqual(
      place === 'In the list of models' ? keys.filter((key) => key !== 'ArrowRight') : keys,
    );
  }

  await compareShadow(page);
  const heat = page.getByRole('grid', { name: /^Changed rows of .* by column/ });
  const heatKeys = (await listed(page))['On the heat map'] ?? [];
  expect(heatKeys.length).toBeGreaterThan(0);
  expect(await takenOf(page, heatKeys, () => heat.focus())).toEqual(heatKeys);

  await goTo(page, 'History');
  const records = page.getByRole('grid', { name: 'Records' });
  await expect(records).toBeVisible();
  const recordKeys = (await listed(page))['In the records'] ?? [];
  expect(recordKeys.length).toBeGreaterThan(0);
  expect(await takenOf(page, recordKeys, () => records.focus())).toEqual(recordKeys);
});

test('the list is searched, is no obstacle to typing, and single keys can be turned off', async ({
  page,
  teal,
}) => {
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  const panel = page.getByRole('dialog', { name: 'Keyboard shortcuts' });

  await page.getByRole('searchbox', { name: 'Find a model' }).click();
  await page.keyboard.press('?');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('searchbox', { name: 'Find a model' })).toHaveValue('?');

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(panel.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('palette or');
  await expect(panel).toContainText('No key does that');
  await panel.getByRole('searchbox').fill('zoom');
  await expect(panel.getByRole('listitem')).toHaveText([/^Zoom in/, /^Zoom out/]);
  await panel.getByRole('searchbox').fill('');
  await tabTo(page, panel.getByRole('switch'));
  await page.keyboard.press('Space');
  await expect(panel).not.toContainText('Find a model');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeFocused();
  await page.keyboard.press('?');
  await page.keyboard.press('F');
  await expect(panel).toBeHidden();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('shortcuts');
  await page.keyboard.press('Enter');
  await expect(panel).toBeVisible();
});
