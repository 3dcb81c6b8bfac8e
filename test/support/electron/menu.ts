import type { Menu, MenuItemConstructorOptions } from 'electron';
import type { PressedKey } from './page-bridge';

/** One item as the shell described it; `click` does what a click does. */
export class StandInMenuItem {
  readonly label: string;
  readonly role: string | undefined;
  readonly enabled: boolean;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly submenu: StandInMenu | undefined;
  readonly #click: (() => void) | undefined;

  constructor({ click, submenu, ...options }: MenuItemConstructorOptions) {
    this.label = options.label ?? '';
    this.role = options.role;
    this.enabled = options.enabled ?? true;
    this.accelerator = typeof options.accelerator === 'string' ? options.accelerator : undefined;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.submenu = Array.isArray(submenu) ? StandInMenu.buildFromTemplate(submenu) : undefined;
    this.#click = click as (() => void) | undefined;
  }

  click(): void {
    if (!this.enabled) throw new Error(`${this.label} is grey.`);
    this.#click?.();
  }
}

/** The application's menus, as they were set last. */
export class StandInMenu {
  static application: StandInMenu | null = null;
  readonly items: readonly StandInMenuItem[];

  private constructor(items: readonly StandInMenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandInMenu {
    return new StandInMenu(template.map((options) => new StandInMenuItem(options)));
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.application = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.application;
  }

  /** The item below these labels. */
  find(...labels: readonly string[]): StandInMenuItem | undefined {
    const [label, ...rest] = labels;
    const item = this.items.find((candidate) => candidate.label === label);
    return rest.length === 0 ? item : item?.submenu?.find(...rest);
  }

  labels(): readonly string[] {
    return this.items.map(({ label }) => label).filter((label) => label !== '');
  }

  /** A key that the page left alone fires the item that registered it. */
  press(key: PressedKey): void {
    for (const item of this.items) {
      item.submenu?.press(key);
      if (item.enabled && item.registerAccelerator && item.accelerator && fits(item.accelerator, key))
        item.click();
    }
  }
}

function fits(accelerator: string, { key, ctrlKey, shiftKey, altKey }: PressedKey): boolean {
  const parts = accelerator.split('+');
  return (
    parts.at(-1)?.toLowerCase() === key.toLowerCase() &&
    parts.includes('CommandOrControl') === ctrlKey &&
    parts.includes('Shift') === shiftKey &&
    parts.includes('Alt') === altKey
  );
}

/** The static side of Electron's Menu that is stood in for. */
export type MenuStatics = Pick<
  typeof Menu,
  'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'
>;
