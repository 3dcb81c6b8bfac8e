import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, goTo, type Teal } from './support';

/** The sample with everything live, the fix laid over it, and its shadows filled. */
export async function withShadows(teal: Teal): Promise<string> {
  runTeal(teal, teal.project, 'plan', 'prod', '--auto-apply');
  cpSync(join(teal.project, 'fixes/fix_discount'), teal.project, { recursive: true });
  runTeal(teal, teal.project, 'backfill', 'backfills/fix-discount.yaml');
  return teal.start(teal.project);
}

/** The command line on a project; it has to succeed. */
export function runTeal(teal: Teal, project: string, ...args: string[]): void {
  const env = { ...process.env, TEAL_STATE_DIR: join(teal.dir, 'state') };
  execFileSync(process.execPath, [resolve('dist/node/teal.js'), '-p', project, ...args], {
    env,
    stdio: 'ignore',
  });
}

/** A screen in one of its states, reached from any other of them; `leave` closes what floats. */
interface ScreenState {
  readonly name: string;
  enter(page: Page): Promise<void>;
  leave?(page: Page): Promise<void>;
}

const pressEscape = (page: Page) => page.keyboard.press('Escape');

export async function selectModel(page: Page): Promise<void> {
  await goTo(page, 'Canvas');
  await page.getByRole('treeitem', { name: /^mart.fact_sales_transactions/ }).click();
  await expect(page.getByRole('grid', { name: 'Rows of mart.fact_sales_transactions' })).toBeVisible();
}

export async function compareShadow(page: Page): Promise<void> {
  await goTo(page, 'Compare');
  const start = page.getByRole('button', { name: /^Compare fix_discount/ });
  await expect(start.or(page.getByRole('heading', { name: /^Changed as expected/ }))).toBeVisible();
  if (await start.isVisible()) await start.click();
  await expect(page.getByRole('heading', { name: /^Changed as expected/ })).toBeVisible();
}

/** The states of a project that has a shadow; each leaves the project as it was. */
export const STATES: readonly ScreenState[] = [
  { name: 'raw data', enter: (page) => goTo(page, 'Raw data') },
  {
    name: 'raw data with a quarantine',
    enter: async (page) => {
      await goTo(page, 'Raw data');
      await page.getByRole('option', { name: /stream_feed/ }).click();
      await expect(page.getByRole('grid', { name: 'Quarantined rows' })).toBeVisible();
    },
  },
  { name: 'canvas with a model open', enter: selectModel },
  ...['Settings', 'Audits', 'Tests'].map((tab) => ({
    name: `canvas with the tab ${tab}`,
    enter: async (page: Page) => {
      await selectModel(page);
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await expect(page.getByRole('tabpanel')).not.toBeEmpty();
    },
    leave: (page: Page) => page.getByRole('tab', { name: 'SQL' }).click(),
  })),
  {
    name: 'canvas with rendered SQL beside the source',
    enter: async (page) => {
      await selectModel(page);
      await page.getByRole('button', { name: 'Rendered', exact: true }).click();
      await expect(page.getByRole('textbox', { name: /^Rendered SQL of/ })).toBeVisible();
    },
    leave: (page) => page.getByRole('button', { name: 'Rendered', exact: true }).click(),
  },
  {
    name: 'environments',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Environments' }).click();
      await page.getByRole('option', { name: /^fix_discount/ }).click();
      await expect(page.getByRole('table', { name: /differ from prod$/ })).toBeVisible();
    },
    leave: pressEscape,
  },
  {
    name: 'a new environment',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Environments' }).click();
      await page.getByRole('button', { name: 'New', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Environments' }).getByLabel('Name')).toBeFocused();
    },
    leave: pressEscape,
  },
  {
    name: 'canvas as a list',
    enter: async (page) => {
      await selectModel(page);
      await page.getByRole('button', { name: 'List view' }).click();
      await expect(page.getByRole('grid', { name: 'Models' })).toBeVisible();
    },
    leave: (page) => page.getByRole('button', { name: 'List view' }).click(),
  },
  {
    name: 'canvas while a node is connected',
    enter: async (page) => {
      await selectModel(page);
      await page.getByRole('application', { name: /^Models of/ }).focus();
      await page.keyboard.press('C');
      await expect(page.getByRole('dialog', { name: /^Connect/ })).toBeVisible();
    },
    leave: pressEscape,
  },
  {
    name: 'backfill, nothing planned',
    enter: async (page) => {
      await goTo(page, 'Backfill');
      const other = page.getByRole('button', { name: 'Plan something else' });
      const pick = page.getByRole('button', { name: 'Plan fix-discount' });
      await expect(other.or(pick)).toBeVisible();
      if (await other.isVisible()) await other.click();
      await expect(pick).toBeVisible();
    },
  },
  {
    name: 'backfill, a plan',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Plan fix-discount' }).click();
      await expect(
        page.getByText(/teal_data\.mart__fact_sales_transactions__|Nothing to fill/).first(),
      ).toBeVisible();
    },
  },
  {
    name: 'backfill, a plan of an environment with its options',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Plan something else' }).first().click();
      await page.getByRole('button', { name: 'Plan fix_discount' }).click();
      await page.getByRole('button', { name: /^Set a span/ }).click();
      await expect(page.getByLabel('Compute the history again of')).toBeVisible();
    },
    leave: (page) => page.getByRole('button', { name: 'Plan something else' }).first().click(),
  },
  { name: 'comparison', enter: compareShadow },
  {
    name: 'comparison with a column looked at',
    enter: async (page) => {
      await compareShadow(page);
      await page
        .getByRole('button', { name: /^net_amount/ })
        .first()
        .click();
    },
  },
  {
    name: 'releases, a swap',
    enter: async (page) => {
      await goTo(page, 'Releases');
      await page.getByRole('option', { name: /fix_discount/ }).click();
      await expect(page.getByRole('button', { name: /^Swap 5 models/ })).toBeVisible();
    },
  },
  {
    name: 'releases, a release',
    enter: async (page) => {
      await goTo(page, 'Releases');
      await page.getByRole('option', { name: /Release 1/ }).click();
    },
  },
  {
    name: 'history',
    enter: async (page) => {
      await goTo(page, 'History');
      await expect(page.getByRole('grid', { name: 'Records' })).toBeVisible();
    },
  },
  {
    name: 'palette',
    enter: async (page) => {
      await page.keyboard.press('ControlOrMeta+K');
      await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    },
    leave: pressEscape,
  },
  {
    name: 'shortcuts',
    enter: async (page) => {
      await page.getByRole('contentinfo').getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
    leave: pressEscape,
  },
  {
    name: 'settings',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
    leave: pressEscape,
  },
];
