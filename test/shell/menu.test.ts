import { describe, expect, it } from 'vitest';
import { buildMenu, type MenuFacts } from '../../electron/main/menu';
import type { OfferedAction } from '../../shared/protocol/desktop';
import { commandTable } from '../../shared/protocol/table';

const room: OfferedAction = { id: 'room.raw', title: 'Raw data', keys: 'Mod+1' };
const open: OfferedAction = { id: 'open.folder', title: 'x', command: 'project.open', keys: 'Mod+O' };
const recent: OfferedAction = { id: 'recent./a', title: 'Sales, /a' };

function menuOf(facts: Partial<MenuFacts>, act: (id: string) => void = () => undefined) {
  const whole = { offered: [], known: facts.offered ?? [], isMac: false, isDevelopment: false, ...facts };
  const items = buildMenu(whole, act);
  const below = (label: string) => {
    const submenu = items.find((item) => item.label === label || item.role === label)?.submenu;
    return Array.isArray(submenu) ? submenu : [];
  };
  return { items, below };
}

describe('the menus', () => {
  it('have commands under the names of the command table, grey until the window offers them', () => {
    const { below } = menuOf({});
    const named = below('File').filter(({ id }) => id !== undefined);
    expect(named.map(({ label, enabled }) => [label, enabled])).toEqual([
      [commandTable['project.open'].title, false],
      [commandTable['app.recent'].title, false],
      [commandTable['project.create'].title, false],
      [commandTable['project.close'].title, false],
    ]);
  });

  it('show the keys of the window without hearing them', () => {
    const { below } = menuOf({ offered: [room, open] });
    const shown = [...below('View'), ...below('File')].filter(({ accelerator }) => accelerator !== undefined);
    expect(shown.map(({ accelerator, registerAccelerator }) => [accelerator, registerAccelerator])).toEqual([
      ['CommandOrControl+1', false],
      ['CommandOrControl+O', false],
    ]);
  });

  it('have the list of keys under Help, without the plain key that shows it', () => {
    const keys = { id: 'window.shortcuts', title: 'Keyboard shortcuts', keys: '?' };
    const [first] = menuOf({ offered: [keys] }).below('help');
    expect([first?.label, first?.enabled, first?.accelerator]).toEqual([
      'Keyboard shortcuts',
      true,
      undefined,
    ]);
  });

  it('run the action of the item, and keep what is no longer offered as grey', () => {
    const run: string[] = [];
    const { below } = menuOf({ offered: [recent], known: [recent, room] }, (id) => run.push(id));
    const [first] = below('View');
    expect([first?.label, first?.enabled]).toEqual(['Raw data', false]);
    const recents = below('File').find(({ id }) => id === 'recent')?.submenu;
    const click = Array.isArray(recents) ? recents[0]?.click : undefined;
    click?.(undefined as never, undefined, undefined as never);
    expect(run).toEqual(['recent./a']);
  });

  it('offer reload and the developer tools in development alone', () => {
    const roles = (isDevelopment: boolean) =>
      menuOf({ isDevelopment })
        .below('View')
        .map(({ role }) => role);
    expect(roles(false)).not.toContain('reload');
    expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
  });

  it('have the menu of the app on a Mac, and Quit under File elsewhere', () => {
    expect(menuOf({ isMac: true }).items[0]?.role).toBe('appMenu');
    expect(
      menuOf({ isMac: true })
        .below('File')
        .map(({ role }) => role),
    ).not.toContain('quit');
    expect(menuOf({}).below('File').at(-1)).toMatchObject({ role: 'quit', label: 'Quit' });
  });
});
