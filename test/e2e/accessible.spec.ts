import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectFocusSeen } from './keyboard';
import { STATES, withShadows } from './states';
import { expect, expectAccessible, goTo, type Teal, test } from './support';

const THEMES = ['light', 'dark'] as const;

/** Lets a fill begin and stop it in its middle. */
async function fillAndPause(page: Page, teal: Teal): Promise<void> {
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: /^Paused/ })).toBeVisible();
}

/** Elements that move, or would move, by themselves or when their state changes. */
function movingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const longest = (times: string): number =>
      Math.max(...times.split(',').map((time) => Number.parseFloat(time) * (time.endsWith('ms') ? 1 : 1000)));
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const { transitionDuration, animationDuration, animationName, animationPlayState } =
        getComputedStyle(element);
      const moves =
        animationName !== 'none' && animationPlayState !== 'paused' && longest(animationDuration) > 1;
      return moves || longest(transitionDuration) > 1 ? [element.outerHTML.slice(0, 120)] : [];
    });
  });
}

for (const theme of THEMES) {
  test(`every state of every screen is accessible and still, ${theme}`, async ({ page, teal }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(await withShadows(teal));
    for (const { name, enter, leave } of STATES) {
      await test.step(name, async () => {
        await enter(page);
        await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        await expectAccessible(page);
        expect(await movingParts(page)).toEqual([]);
        await leave?.(page);
      });
    }
  });

  test(`empty screens, a fill under way and failures are accessible, ${theme}`, async ({ page, teal }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const file = join(teal.project, 'models/mart/daily_sales.sql');
    writeFileSync(file, readFileSync(file, 'utf8').replace('COUNT(*)::BIGINT', "('x' || COUNT(*))::BIGINT"));
    await page.goto(await teal.start());
    await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
    await test.step('welcome', () => expectAccessible(page));
    await fillAndPause(page, teal);
    await test.step('paused', () => expectAccessible(page));
    for (const room of ['Compare', 'Releases', 'History']) {
      await goTo(page, room);
      await test.step(`${room}, nothing yet`, () => expectAccessible(page));
    }
    await goTo(page, 'Backfill');
    await page.getByRole('button', { name: 'Resume' }).click();
    // A list that grows while it is looked at is a tab stop a moment later.
    await test.step('running', () => expect(() => expectAccessible(page)).toPass({ timeout: 20_000 }));
    await expect(page.getByRole('heading', { name: /^Failed/ })).toBeVisible({ timeout: 60_000 });
    await test.step('failed', () => expectAccessible(page));
    await goTo(page, 'Canvas');
    await page.getByRole('treeitem', { name: /^mart.product_mix/ }).click();
    await page.getByRole('textbox', { name: 'SQL of mart.product_mix' }).click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.insertText("\n'open");
    await expect(page.getByRole('status', { name: 'What the text changes' })).toContainText(/not closed/);
    await test.step('a text with a mistake', () => expectAccessible(page));
    await teal.kill();
    await expect(page.getByText(/Connection lost/).first()).toBeVisible();
    await test.step('connection lost', () => expectAccessible(page));
  });
}

test('a swap moves nothing for those who asked for less motion', async ({ page, teal }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(await withShadows(teal));
  await goTo(page, 'Releases');
  await page.getByRole('option', { name: /fix_discount/ }).click();
  await page.getByRole('button', { name: /^Swap 5 models/ }).click();
  await expect(page.getByText(/Release 2 is live/).first()).toBeVisible();
  expect(await movingParts(page)).toEqual([]);
  await goTo(page, 'Canvas');
  await expect(page.getByRole('application', { name: /^Models of/ })).toBeVisible();
  expect(await movingParts(page)).toEqual([]);
});

test('with forced colours live and shadow are still told apart by shape, and the focus is seen', async ({
  page,
  teal,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(await withShadows(teal));
  await goTo(page, 'Releases');
  await expect(page.getByRole('option', { name: /Release 1/ })).toBeVisible();
  const marks = await page.locator('[data-tone="live"], [data-tone="shadow"]').evaluateAll((found) =>
    found
      .filter((mark) => mark.tagName === 'I')
      .map((mark) => {
        const { backgroundColor, borderRadius, clipPath, transform } = getComputedStyle(mark);
        const canvas = getComputedStyle(document.body).backgroundColor;
        return {
          tone: (mark as HTMLElement).dataset['tone'],
          shape: [borderRadius, clipPath, transform].join(' '),
          isSeen: backgroundColor !== canvas && backgroundColor !== 'rgba(0, 0, 0, 0)',
        };
      }),
  );
  const shapes = (tone: string) =>
    new Set(marks.filter((mark) => mark.tone === tone).map(({ shape }) => shape));
  expect(marks.every(({ isSeen }) => isSeen)).toBe(true);
  expect([...shapes('live')].some((shape) => shapes('shadow').has(shape))).toBe(false);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expectFocusSeen(page);
});
