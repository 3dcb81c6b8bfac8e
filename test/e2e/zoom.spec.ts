import type { Page } from '@playwright/test';
import { STATES, withShadows } from './states';
import { expect, test } from './support';

/** 1440 x 900 and 1024 x 700 at 200 %, as the page sees them. */
const SIZES = [
  { width: 720, height: 450 },
  { width: 512, height: 350 },
];
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }`;

/** Every control can be brought into sight, where nothing lies over it, and the page does not scroll sideways. */
async function expectReachable(page: Page): Promise<void> {
  const faults = await page.evaluate(() => {
    const CONTROLS = 'a[href], button, input, textarea, [tabindex="0"], [role="tab"], [role="option"]';
    const INSIDE = '[role="grid"] *, [role="application"] *, [role="tree"] *, .cm-editor *';
    const overlay = [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')].find(
      (part) => part.closest('#root') === null || getComputedStyle(part).position === 'fixed',
    );
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide`);
    for (const focused of (overlay ?? document).querySelectorAll<HTMLElement>(CONTROLS)) {
      // A checkbox is seen as its label.
      const control = focused.closest('label') ?? focused;
      if (control.matches(INSIDE) || control.closest('[aria-hidden="true"]')) continue;
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      const name =
        control.getAttribute('aria-label') || control.textContent?.trim() || control.outerHTML.slice(0, 160);
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
      if (width < 2 || height < 2 || getComputedStyle(control).clipPath !== 'none') continue;
      const isSmall =
        width <= innerWidth &&
        height <= innerHeight &&
        !control.matches('[role="listbox"], [role="grid"], section');
      const isCut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      if (isSmall && isCut) found.push(`${name} is cut by the window`);
      const points = [
        [left + width / 2, top + height / 2],
        [left + 3, top + height / 2],
        [right - 3, top + height / 2],
      ] as const;
      const isHit = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (control.contains(hit) || hit.contains(control));
      });
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      if (!isHit) found.push(`${name} is covered by ${over?.outerHTML.slice(0, 120)}`);
      const hasMore =
        control.matches('button') &&
        getComputedStyle(control).textOverflow !== 'ellipsis' &&
        control.scrollWidth > control.clientWidth + 1;
      if (hasMore) found.push(`${name} has more text than room`);
    }
    return found;
  });
  expect(faults).toEqual([]);
}

for (const size of SIZES) {
  test(`at 200 %, ${size.width} x ${size.height}, nothing is cut off or out of reach`, async ({
    page,
    teal,
  }) => {
    test.setTimeout(420_000);
    await page.setViewportSize(size);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(await withShadows(teal));
    for (const { name, enter, leave } of STATES) {
      await test.step(name, async () => {
        await enter(page);
        await expectReachable(page);
        await leave?.(page);
      });
    }
  });
}

test('the welcome screen is usable at 200 % too', async ({ page, teal }) => {
  const url = await teal.start();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(url);
    await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
    await expectReachable(page);
  }
});

test('wider spacing of the text cuts no button', async ({ page, teal }) => {
  test.setTimeout(420_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await withShadows(teal));
  await page.addStyleTag({ content: SPACING });
  for (const { name, enter, leave } of STATES) {
    await test.step(name, async () => {
      await enter(page);
      await expectReachable(page);
      await leave?.(page);
    });
  }
});
