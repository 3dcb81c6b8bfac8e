// The parts of Electron that only speak with the system: what the shell says to them is kept, what they answer is set by the test.
import type {
  Dialog,
  Display,
  MessageBoxOptions,
  MessageBoxReturnValue,
  NativeTheme,
  OpenDialogOptions,
  OpenDialogReturnValue,
  Rectangle,
  Screen,
  Session,
} from 'electron';

type Answer = string[] | null;

/** Open dialogs answer with what was put in `picks`, message boxes with their first button unless `holds`. */
export class StandInDialog {
  readonly opened: OpenDialogOptions[] = [];
  readonly boxes: MessageBoxOptions[] = [];
  /** paths for the next open dialogs; null cancels */
  readonly picks: Answer[] = [];
  /** message boxes wait for `answer` */
  holds = false;
  #waiting: ((response: number) => void) | undefined;

  async showOpenDialog(...given: unknown[]): Promise<OpenDialogReturnValue> {
    this.opened.push(given.at(-1) as OpenDialogOptions);
    const filePaths = this.picks.shift() ?? null;
    return { canceled: filePaths === null, filePaths: filePaths ?? [] };
  }

  async showMessageBox(...given: unknown[]): Promise<MessageBoxReturnValue> {
    this.boxes.push(given.at(-1) as MessageBoxOptions);
    const response = this.holds
      ? await new Promise<number>((answer) => {
          this.#waiting = answer;
        })
      : 0;
    return { response, checkboxChecked: false };
  }

  /** Presses a button of the message box that waits. */
  answer(response: number): void {
    this.#waiting?.(response);
  }
}

export class StandInScreen {
  areas: Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1080 }];

  getAllDisplays(): Display[] {
    return this.areas.map((workArea) => ({ workArea }) as Display);
  }

  getPrimaryDisplay(): Display {
    return this.getAllDisplays()[0] as Display;
  }
}

/** The theme reaches every page of the shell as its preferred colour scheme. */
export class StandInTheme implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  /** what the system is set to */
  system: 'light' | 'dark' = 'light';
  onChange: () => void = () => undefined;
  #source: NativeTheme['themeSource'] = 'system';

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    this.#source = source;
    this.onChange();
  }

  get shouldUseDarkColors(): boolean {
    return (this.#source === 'system' ? this.system : this.#source) === 'dark';
  }
}

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type DeviceHandler = Parameters<Session['setDevicePermissionHandler']>[0];

/** Electron's names of permissions beside Chromium's. */
const PERMISSIONS = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['clipboard-read', { name: 'clipboard-read', allowWithoutSanitization: true }],
  ['clipboard-sanitized-write', { name: 'clipboard-write', allowWithoutSanitization: false }],
  ['midi', { name: 'midi' }],
] as const;

/** One permission as Chromium's debugger sets it. */
export interface Decision {
  readonly descriptor: { readonly name: string; readonly allowWithoutSanitization?: boolean };
  readonly setting: 'granted' | 'denied';
}

/** A session's permission handlers; a page of the stand-in asks them what Chromium shall grant. */
export class StandInSession
  implements
    Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>
{
  #request: RequestHandler = null;
  #check: CheckHandler = null;
  device: DeviceHandler = null;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.device = handler;
  }

  /** What is granted to a page: without handlers everything, as in Electron. */
  decisions(): readonly Decision[] {
    return PERMISSIONS.map(([permission, descriptor]) => ({
      descriptor,
      setting: this.#allows(permission) ? 'granted' : 'denied',
    }));
  }

  #allows(permission: (typeof PERMISSIONS)[number][0]): boolean {
    let granted = true;
    this.#request?.(
      null as never,
      permission,
      (answer) => {
        granted = answer;
      },
      null as never,
    );
    return granted && (this.#check?.(null, permission as never, '', null as never) ?? true);
  }
}

export type DialogPart = Pick<Dialog, 'showOpenDialog' | 'showMessageBox'>;
export type ScreenPart = Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
