import type { MenuItemConstructorOptions } from 'electron';
import { type OfferedAction, RECENT_ACTION } from '../../shared/protocol/desktop';
import { type CommandId, commandTable, isCommandId } from '../../shared/protocol/table';

export interface MenuFacts {
  /** what the window can do now */
  readonly offered: readonly OfferedAction[];
  /** whatever it could do since it was opened, so that an item does not vanish but goes grey */
  readonly known: readonly OfferedAction[];
  readonly isMac: boolean;
  readonly isDevelopment: boolean;
}

type Act = (action: string) => void;

/** Actions with a command stand in the menus from the start, all others once the window has spoken of them. */
const FILE: readonly (readonly [action: string, command: CommandId])[] = [
  ['open.folder', 'project.open'],
  ['open.new', 'project.create'],
  ['project.close', 'project.close'],
];

/** actions of the window that stand under Help */
const HELP: readonly string[] = ['window.shortcuts'];

/** The application's menus: what acts in the window are its own actions, under the names that they have there. */
export function buildMenu(facts: MenuFacts, act: Act): MenuItemConstructorOptions[] {
  const { isMac } = facts;
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: 'File', submenu: fileItems(facts, act) },
    { role: 'editMenu' },
    { label: 'View', submenu: viewItems(facts, act) },
    { role: 'windowMenu' },
    { role: 'help', submenu: helpItems(facts, act) },
  ];
}

function fileItems(facts: MenuFacts, act: Act): MenuItemConstructorOptions[] {
  const [open, create, close] = FILE.map(([id, command]) => {
    const known = facts.known.find((action) => action.id === id);
    return actionItem({ ...known, id, command, title: known?.title ?? '' }, facts, act);
  });
  const recents = facts.offered.filter(({ id }) => id.startsWith(RECENT_ACTION));
  const recent: MenuItemConstructorOptions = {
    id: 'recent',
    label: commandTable['app.recent'].title,
    enabled: recents.length > 0,
    submenu: recents.map((action) => actionItem(action, facts, act)),
  };
  const end: MenuItemConstructorOptions[] = facts.isMac
    ? [{ role: 'close' }]
    : [{ role: 'quit', label: 'Quit' }];
  return [open, recent, create, close, ...end]
    .filter((item) => item !== undefined)
    .toSpliced(3, 0, SEPARATOR)
    .toSpliced(-1, 0, SEPARATOR);
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

function viewItems(facts: MenuFacts, act: Act): MenuItemConstructorOptions[] {
  const below = (prefix: string): MenuItemConstructorOptions[] =>
    facts.known.filter(({ id }) => id.startsWith(prefix)).map((action) => actionItem(action, facts, act));
  const development: MenuItemConstructorOptions[] = facts.isDevelopment
    ? [SEPARATOR, { role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  return [
    ...below('room.'),
    SEPARATOR,
    ...below('theme.'),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...development,
  ];
}

function helpItems(facts: MenuFacts, act: Act): MenuItemConstructorOptions[] {
  const help = facts.known.filter(({ id }) => HELP.includes(id));
  return [
    ...help.map((action) => actionItem(action, facts, act)),
    { role: 'about', label: commandTable['app.info'].title },
  ];
}

function actionItem(action: OfferedAction, facts: MenuFacts, act: Act): MenuItemConstructorOptions {
  const { id, title, command, keys } = action;
  const label = command !== undefined && isCommandId(command) ? commandTable[command].title : title;
  return {
    id,
    label,
    enabled: facts.offered.some((offered) => offered.id === id),
    // The window itself hears the keys; here they are only shown, so that nothing happens twice.
    ...(keys === undefined || !isChord(keys)
      ? {}
      : { accelerator: acceleratorOf(keys), registerAccelerator: false }),
    click: () => act(id),
  };
}

/** A plain key belongs to whatever is being typed. */
function isChord(keys: string): boolean {
  return /\b(Mod|Ctrl|Alt)\b/.test(keys);
}

/** `Mod+Shift+C` as Electron writes it. */
function acceleratorOf(keys: string): string {
  return keys.replace(/\bMod\b/, 'CommandOrControl');
}
