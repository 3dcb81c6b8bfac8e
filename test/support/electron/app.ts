import { EventEmitter } from 'node:events';
import type { AboutPanelOptionsOptions, App } from 'electron';
import { createEvent } from './events';

type Stood =
  | 'addRecentDocument'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setPath'
  | 'whenReady';

/** What an app closes before it ends. */
interface Closable {
  close(): void;
}

/** the first start with each folder of user data, on this whole machine */
const running = new Map<string, StandInApp>();

/** The life of one start: its lock, its windows, and the order in which it ends. */
export class StandInApp extends EventEmitter implements Pick<App, Stood> {
  readonly isPackaged = false;
  readonly recentDocuments: string[] = [];
  readonly windows = new Set<Closable>();
  readonly argv: readonly string[];
  about: AboutPanelOptionsOptions | undefined;
  hasEnded = false;
  #isQuitting = false;
  #userData: string;

  constructor(userData: string, argv: readonly string[]) {
    super();
    this.#userData = userData;
    this.argv = argv;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  getVersion(): string {
    return '0.0.0';
  }

  getPath(_name: string): string {
    return this.#userData;
  }

  setPath(_name: string, path: string): void {
    this.#userData = path;
  }

  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }

  setAboutPanelOptions(options: AboutPanelOptionsOptions): void {
    this.about = options;
  }

  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    const first = running.get(this.#userData);
    if (!first) {
      running.set(this.#userData, this);
      return true;
    }
    first.emit('second-instance', createEvent({}), [...this.argv], process.cwd(), structuredClone(data));
    return false;
  }

  quit(): void {
    const event = createEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented || this.hasEnded) return;
    this.#isQuitting = true;
    for (const window of [...this.windows]) window.close();
    this.#isQuitting = false;
    if (this.windows.size > 0) return;
    this.hasEnded = true;
    if (running.get(this.#userData) === this) running.delete(this.#userData);
    this.emit('will-quit', createEvent({}));
    this.emit('quit', createEvent({}), 0);
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#isQuitting) this.emit('window-all-closed');
  }
}
