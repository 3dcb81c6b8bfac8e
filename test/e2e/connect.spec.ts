import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { escapeTo, pressOn, tabTo } from './keyboard';
import { expect, goTo, test } from './support';

const canvas = (page: Page) => page.getByRole('application', { name: /^Models of/ });
const editorOf = (page: Page, model: string) => page.getByRole('textbox', { name: `SQL of ${model}` });
const saveButton = (page: Page) => page.getByRole('button', { name: /^Save Ctrl/ });

async function typeInto(page: Page, name: string): Promise<void> {
  await page.keyboard.press('C');
  await expect(page.getByRole('dialog', { name: /^Connect/ })).toBeVisible();
  await page.keyboard.type(name);
}

test('by keyboard a new model is made, connected to a second parent, completed and saved', async ({
  page,
  teal,
}) => {
  await page.goto(await teal.start(teal.project));
  await page.keyboard.press('2');
  await tabTo(page, canvas(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');

  await test.step('Add, Model from the selected node, its name', async () => {
    await pressOn(page, page.getByRole('button', { name: 'Add', exact: true }));
    await expect(page.getByRole('menuitem', { name: /^Model from raw\./ })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('mart.by_keys');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('treeitem', { name: /^mart.by_keys/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  await test.step('C asks for the other end, and the join is written with its condition to be completed', async () => {
    await tabTo(page, canvas(page));
    await typeInto(page, 'stg.discounts');
    await page.keyboard.press('Enter');
    const editor = editorOf(page, 'mart.by_keys');
    await expect(editor).toBeFocused();
    await expect(editor).toContainText('JOIN stg.discounts AS discounts');
    await expect(saveButton(page)).toBeEnabled();
    await page.keyboard.type('TRUE');
    await expect(editor).toContainText('ON TRUE');
    await page.keyboard.press('ControlOrMeta+S');
    await expect(saveButton(page)).toBeDisabled();
    await expect
      .poll(() => readFileSync(join(teal.project, 'models/mart/by_keys.sql'), 'utf8'))
      .toMatch(/JOIN stg\.discounts AS discounts\n {2}ON TRUE\n$/);
  });

  await test.step('a circle is refused with the reason, and Escape goes back to the canvas', async () => {
    await escapeTo(page, canvas(page));
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('treeitem', { name: /^stg.discounts/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await typeInto(page, 'by_keys');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
      'That would be a circle: mart.by_keys reads stg.discounts.',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(canvas(page)).toBeFocused();
  });
});

test('by mouse a line from a port to another node does the same, and can be discarded', async ({
  page,
  teal,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  const node = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const drag = async (from: string, to: string): Promise<void> => {
    await node(from).locator('.react-flow__handle.source').hover();
    await page.mouse.down();
    await node(to).hover({ position: { x: 60, y: 20 } });
    await page.mouse.up();
  };
  await drag('stg.stores', 'mart.product_mix');
  const editor = editorOf(page, 'mart.product_mix');
  await expect(editor).toBeFocused();
  await expect(editor).toContainText('JOIN stg.stores AS stores');
  await expect(editor).toContainText('ON condition');
  await page.getByRole('button', { name: 'Put the saved text back' }).click();
  await expect(editor).not.toContainText('stg.stores');

  await drag('mart.product_mix', 'stg.products');
  await expect(page.getByText(/^That would be a circle/)).toContainText('mart.product_mix reads');
  await expect(saveButton(page)).toBeDisabled();
});
