import type { Locator, Page } from '@playwright/test';
import { expect } from './support';

const MOST_TABS = 80;

/** Presses Tab, and arrows within a toolbar, until the focus is on the target, and sees the focus on the way. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_TABS; presses++) {
    const next = await nextKey(target);
    if (next === undefined) return;
    await page.keyboard.press(next);
    // Past the last control the browser itself has the focus, and the next Tab begins anew.
    if (!(await page.evaluate(() => document.activeElement === document.body))) await expectFocusSeen(page);
  }
  throw new Error(`The focus did not come to ${target} within ${MOST_TABS} presses.`);
}

/** Goes to the control by Tab and presses it. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** The key that goes on towards the target; undefined where it has the focus. */
async function nextKey(target: Locator): Promise<string | undefined> {
  const where = await target.evaluate((element) => {
    const { activeElement } = document;
    const bar = activeElement?.closest('[role="toolbar"], [role="tablist"], [role="radiogroup"]');
    if (activeElement === element) return 'there';
    if (!bar?.contains(element)) return 'elsewhere';
    return bar.getAttribute('aria-orientation') === 'vertical' ? 'below' : 'beside';
  });
  return { there: undefined, elsewhere: 'Tab', below: 'ArrowDown', beside: 'ArrowRight' }[where];
}

/** The focus stands on something that shows it. */
export async function expectFocusSeen(page: Page): Promise<void> {
  const lost = await page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return 'the focus is on the page itself';
    if ((activeElement as HTMLElement).isContentEditable) return '';
    const part = document.getElementById(activeElement.getAttribute('aria-activedescendant') ?? '');
    const candidates = [part, activeElement];
    for (let at = activeElement.parentElement, up = 0; at && up < 3; at = at.parentElement, up++)
      candidates.push(at);
    for (const at of candidates.filter((one) => one !== null)) {
      for (const pseudo of [null, '::after']) {
        const { outlineStyle, outlineWidth, backgroundColor } = getComputedStyle(at, pseudo);
        if (outlineStyle !== 'none' && outlineWidth !== '0px') return '';
        if (at.getAttribute('role') === 'separator' && backgroundColor !== 'rgba(0, 0, 0, 0)') return '';
      }
    }
    return `nothing shows the focus on ${activeElement.outerHTML.slice(0, 200)}`;
  });
  expect(lost).toBe('');
}

/** Presses Escape until the target has the focus: the first one may close a list of completions. */
export async function escapeTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    if (!(await hasFocus(target))) await page.keyboard.press('Escape');
    expect(await hasFocus(target)).toBe(true);
  }).toPass();
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** The focus is somewhere, once things have settled. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
}
