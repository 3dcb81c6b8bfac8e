import { pressOn } from './keyboard';
import { copyCase, editCase } from './sqlmesh-projects';
import { runTeal } from './states';
import { expect, expectAccessible, test } from './support';

const BAKERY = 'bakery-changes';

// Colours that are still on their way from one state to another are no finding.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

test('an environment is made, looked at and taken away, by keyboard alone', async ({ page, teal }) => {
  test.setTimeout(180_000);
  const dir = copyCase(teal, BAKERY);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  editCase(dir, BAKERY, 2);
  await page.goto(await teal.start(dir));
  const arrow = page.getByRole('button', { name: 'Environments' });
  const panel = page.getByRole('dialog', { name: 'Environments' });

  await test.step('its name is asked for, and what is wrong with it said', async () => {
    await pressOn(page, arrow);
    await expect(panel.getByRole('option', { name: /^prod, live/ })).toBeVisible();
    await pressOn(page, panel.getByRole('button', { name: 'New' }));
    const name = panel.getByLabel('Name');
    await expect(name).toBeFocused();
    await expect(panel).toContainText('It takes up 3 models that the files change');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('prod');
    await expect(panel).toContainText('prod is what readers see');
    await expect(panel.getByRole('button', { name: /^Plan/ })).toBeDisabled();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('dev');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
  });

  await test.step('its plan is looked at and carried out, and the window looks at it then', async () => {
    await expect(page.getByText('Into dev, a new environment')).toBeVisible();
    await pressOn(page, page.getByRole('button', { name: /^Fill 1 shadow/ }));
    await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'dev' })).toBeChecked();
  });

  await test.step('what it holds is listed', async () => {
    await pressOn(page, arrow);
    await expect(panel.getByRole('option', { name: /^dev, 2 models differ from prod/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(panel).toContainText('ends in 7 days');
    await expect(panel.getByRole('table', { name: /differ from prod$/ })).toContainText('mart.shop_day');
    await expectAccessible(page);
  });

  await test.step('it is taken away after it was asked once more, and prod is looked at again', async () => {
    await pressOn(page, panel.getByRole('button', { name: 'Take it away' }));
    await expect(panel).toContainText('prod is not touched');
    await expect(panel).toContainText('teal invalidate dev');
    await pressOn(page, panel.getByRole('button', { name: 'Take dev away' }));
    await expect(panel.getByRole('option', { name: /^dev/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('radio', { name: 'prod' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'dev' })).toHaveCount(0);
  });
});

test('an environment of all models is made where nothing differs', async ({ page, teal }) => {
  test.setTimeout(120_000);
  const dir = copyCase(teal, BAKERY);
  runTeal(teal, dir, 'plan', 'prod', '--auto-apply');
  await page.goto(await teal.start(dir));
  await page.getByRole('button', { name: 'Environments' }).click();
  const panel = page.getByRole('dialog', { name: 'Environments' });
  await panel.getByRole('button', { name: 'New' }).click();
  await expect(panel).toContainText('No saved file differs from prod yet');
  await expect(panel.getByRole('switch')).toBeChecked();
  await panel.getByRole('button', { name: 'Plan dev' }).click();
  await page.getByRole('button', { name: /^Point dev at/ }).click();
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'dev' })).toBeChecked();
});
