import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './shell-support';
import { goTo } from './support';

const ROOMS = ['Raw data', 'Canvas', 'Backfill', 'Compare', 'Releases', 'History'];

test('the menus list what the window can do, and do it', async ({ desktop }) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  await expect.poll(() => shell.menu('View')?.submenu?.labels().slice(0, 6)).toEqual(ROOMS);
  expect(shell.menu('File')?.submenu?.labels()).toEqual([
    'Open a folder',
    'Recent projects',
    'New project',
    'Close the project',
    'Quit',
  ]);
  expect(shell.menu('File')?.submenu?.items.at(-1)?.role).toBe('quit');
  shell.menu('View', 'History')?.click();
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeAttached();
  shell.menu('View', 'Dark theme')?.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => shell.theme.themeSource).toBe('dark');
  shell.menu('File', 'Close the project')?.click();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await expect.poll(() => shell.menu('File', 'Close the project')?.enabled).toBe(false);
  expect(shell.menu('View', 'History')?.enabled).toBe(false);

  const recent = `SQL Sushi Co., ${desktop.project}`;
  await expect.poll(() => shell.menu('File', 'Recent projects', recent)?.enabled).toBe(true);
  shell.menu('File', 'Recent projects', recent)?.click();
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
  await expect.poll(() => shell.app.recentDocuments).toEqual([desktop.project, desktop.project]);
});

test('a new project is begun from the menu, over an open one', async ({ desktop }) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
  await expect.poll(() => shell.menu('File', 'New project')?.enabled).toBe(true);
  shell.menu('File', 'New project')?.click();
  await page.getByRole('textbox', { name: 'Name' }).fill('City bikes');
  await page.getByRole('button', { name: 'Make the project' }).click();
  await expect(page.getByRole('button', { name: 'City bikes' })).toBeVisible();
  expect(existsSync(join(desktop.home, 'city-bikes/config.yaml'))).toBe(true);
});

test('a key does its thing once: the window hears it, the menu only shows it', async ({ desktop }) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect.poll(() => shell.menu('View', 'History')?.accelerator).toBe('CommandOrControl+6');
  expect(shell.menu('View', 'History')?.registerAccelerator).toBe(false);
  expect(shell.menu('File', 'Open a folder')?.registerAccelerator).toBe(false);
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeAttached();
  await page.keyboard.press('Control+O');
  await expect.poll(() => shell.dialog.opened.length).toBe(1);
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('heading', { name: 'Raw data', level: 1 })).toBeAttached();
  expect(shell.dialog.opened).toHaveLength(1);
});

test("a folder is opened by the system's dialog, and nothing happens where it is cancelled", async ({
  desktop,
}) => {
  const shell = await desktop.start();
  const page = await shell.page();
  await page.getByRole('button', { name: /^Open a folder/ }).click();
  await expect.poll(() => shell.dialog.opened.length).toBe(1);
  expect(shell.dialog.opened[0]?.properties).toContain('openDirectory');
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  shell.dialog.picks.push([desktop.project]);
  await page.getByRole('button', { name: /^Open a folder/ }).click();
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
});

test('a folder that is no project is refused with its reason, and the open project stays', async ({
  desktop,
}) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
  shell.dialog.picks.push([join(desktop.project, 'models')]);
  await page.keyboard.press('Control+O');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('has no config.yaml');
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
});

test('files are added by their paths, and nothing is sent', async ({ desktop }) => {
  const shell = await desktop.start();
  const page = await shell.page();
  shell.dialog.picks.push([join(desktop.project, 'raw/stores.csv')]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  const sources = page.getByRole('listbox', { name: 'Sources' });
  await expect(sources).toContainText('stores');
  const folder = join(desktop.home, 'more');
  mkdirSync(join(folder, 'below'), { recursive: true });
  writeFileSync(join(folder, 'below/cities.csv'), 'city,people\nBern,134000\n');
  writeFileSync(join(folder, 'notes.md'), 'not data\n');
  writeFileSync(join(folder, '.hidden.csv'), 'a\n1\n');
  shell.dialog.picks.push([folder]);
  await page.getByRole('button', { name: 'Add a folder' }).click();
  await expect(sources).toContainText('cities');
  await expect(page.getByRole('option')).toHaveCount(2);
  expect(
    existsSync(join(desktop.home, 'state/uploads')) && readdirSync(join(desktop.home, 'state/uploads')),
  ).toBeFalsy();
});

test('a dropped file is taken by its path where it has one, and sent where it has none', async ({
  desktop,
}) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await goTo(page, 'Raw data');
  const sources = page.getByRole('listbox', { name: 'Sources' });
  await expect(sources).toContainText('stores');
  const file = join(desktop.home, 'cities.csv');
  writeFileSync(file, 'city,people\nBern,134000\n');
  await shell.window().webContents.setPaths({ 'cities.csv': file });
  const drop = async (name: string): Promise<void> => {
    const dataTransfer = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['lake,depth\nThun,217\n'], given));
      return transfer;
    }, name);
    await sources.dispatchEvent('drop', { dataTransfer });
  };
  await drop('cities.csv');
  await expect(page.getByText(/^Added raw.cities/)).toBeVisible();
  const kept = readFileSync(join(desktop.project, 'raw/cities.csv'), 'utf8');
  expect(kept).toContain('Bern');
  await drop('lakes.csv');
  await expect(page.getByText(/^Added raw.lakes/)).toBeVisible();
  expect(readFileSync(join(desktop.project, 'raw/lakes.csv'), 'utf8')).toContain('Thun');
});

test('a second start brings the first forward and opens its folder', async ({ desktop }) => {
  const first = await desktop.start();
  const page = await first.page();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  first.window().minimize();
  const plain = await desktop.start();
  expect(plain.app.hasEnded).toBe(true);
  expect(first.window().isMinimized()).toBe(false);
  expect(first.window().timesFocused).toBe(1);
  await desktop.start({ args: ['--project', desktop.project] });
  await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
  expect(first.window().timesFocused).toBe(2);
});

test('a folder that the first start cannot open is shown with what is in the way', async ({ desktop }) => {
  const shell = await desktop.start({ args: ['-p', join(desktop.home, 'nowhere')] });
  const page = await shell.page();
  const region = page.getByRole('region', { name: 'Open a project' });
  await expect(region.getByRole('alert')).toContainText('nowhere');
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
});

test('the window comes back where it was left, on a display that is still there', async ({ desktop }) => {
  const first = await desktop.start();
  const page = await first.page();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await expect.poll(() => first.window().isShown).toBe(true);
  expect(first.window().bounds).toMatchObject({ width: 1440, height: 900 });
  first.window().bounds = { x: 2000, y: 50, width: 1200, height: 800 };
  await first.quit();
  const place = JSON.parse(readFileSync(join(desktop.home, 'state/desktop/window.json'), 'utf8'));
  expect(place).toEqual({ x: 2000, y: 50, width: 1200, height: 800, maximised: false, theme: 'system' });

  const right = { x: 1920, y: 0, width: 1920, height: 1080 };
  const second = await desktop.start({ prepare: ({ screen }) => void screen.areas.push(right) });
  expect(second.window().bounds).toEqual({ x: 2000, y: 50, width: 1200, height: 800 });
  await second.quit();
  const third = await desktop.start({
    prepare: ({ screen }) => {
      screen.areas = [{ x: 0, y: 0, width: 1024, height: 700 }];
    },
  });
  expect(third.window().options).toMatchObject({ width: 1024, height: 700 });
  expect(third.window().options.x).toBeUndefined();
});

test('the rooms are at hand while the project is open in the shell', async ({ desktop }) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  for (const room of ROOMS) {
    await goTo(page, room);
    await expect(page.getByRole('heading', { name: room, level: 1 })).toBeAttached();
  }
  expect(shell.app.about?.applicationName).toBe('Teal');
  expect(shell.machine.escaped).toEqual([]);
});
