/** The channels between the desktop shell and its window. */
export const channels = {
  /** the window listens and wants its message port */
  ready: 'teal:ready',
  port: 'teal:port',
  /** what was at the other end of that port is gone; browsers do not tell of it reliably */
  lost: 'teal:lost',
  /** the shell asks the window to do something */
  ask: 'teal:ask',
  /** the window says what it can do now */
  offer: 'teal:offer',
  pickFolder: 'teal:pick-folder',
  pickFiles: 'teal:pick-files',
} as const;

/** An action of the window that a menu of the shell can hold. */
export interface OfferedAction {
  readonly id: string;
  readonly title: string;
  /** the row of the command table that it does */
  readonly command?: string | undefined;
  /** `Mod+Shift+C` */
  readonly keys?: string | undefined;
}

/** What the window can do now, and what it shows. */
export interface WindowOffer {
  readonly actions: readonly OfferedAction[];
  /** the folder of the open project */
  readonly project: string | null;
  readonly theme: 'system' | 'light' | 'dark';
}

/** Run an action of the window's own table, or open a folder. */
export type ShellAsk =
  | { readonly kind: 'act'; readonly action: string }
  | { readonly kind: 'open'; readonly dir: string };

/** The ids of the actions that open a recent project begin with this; its folder follows. */
export const RECENT_ACTION = 'recent.';

/** What the preload script puts on `window.teal`. */
export interface DesktopBridge {
  readonly shell: 'electron';
  /** a folder chosen in the system's dialog, null when it was cancelled */
  pickFolder(): Promise<string | null>;
  /** paths of files, or of all files below a folder; empty when it was cancelled */
  pickFiles(from: 'files' | 'folder'): Promise<readonly string[]>;
  /** the path of a dropped file, empty where it lies on no disk */
  pathOf(file: object): string;
  offer(offer: WindowOffer): void;
  /** calls for what the shell asked, also before there was a listener; one listener at a time */
  onAsk(listener: (ask: ShellAsk) => void): void;
}

/** What the shell says to the process of the host; a message port comes with `attach`. */
export type HostOrder = { readonly type: 'attach' } | { readonly type: 'close' };

/** How a run stood that was under way when its host was closed. */
export interface KeptRun {
  readonly title: string;
  readonly done: number;
  readonly total: number;
}

/** What the process of the host says to the shell. */
export type HostWord =
  | { readonly type: 'not-opened'; readonly dir: string }
  | { readonly type: 'closed'; readonly kept: KeptRun | null };
