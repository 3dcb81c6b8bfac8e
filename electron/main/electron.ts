/** What the shell uses of the module that Electron gives a main process; handed in, so that tests can stand in for it. */
export type Electron = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'utilityProcess'
>;

/** Where the shell's parts lie and how it was started. */
export interface ShellDeps {
  /** the built window */
  readonly rendererDir: string;
  readonly preload: string;
  readonly utility: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}
