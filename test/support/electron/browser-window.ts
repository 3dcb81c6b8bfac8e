import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { createEvent } from './events';
import type { Machine } from './machine';
import { StandInContents } from './web-contents';

type Stood =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'show';

/** A window: bounds and states are kept as numbers, what is in it is a page. */
export class StandInWindow extends EventEmitter implements Pick<BrowserWindow, Stood> {
  readonly webContents: StandInContents;
  readonly options: BrowserWindowConstructorOptions;
  bounds: Rectangle;
  isShown = false;
  timesFocused = 0;
  readonly #machine: Machine;
  #state: 'normal' | 'minimised' | 'maximised' = 'normal';

  constructor(machine: Machine, options: BrowserWindowConstructorOptions) {
    super();
    this.#machine = machine;
    this.options = options;
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.webContents = new StandInContents(machine, options);
    this.webContents.once('first-paint', () => this.emit('ready-to-show'));
    machine.parts.app.windows.add(this);
    machine.parts.app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.timesFocused++;
  }

  minimize(): void {
    this.#state = 'minimised';
  }

  maximize(): void {
    this.#state = 'maximised';
  }

  restore(): void {
    this.#state = 'normal';
  }

  isMinimized(): boolean {
    return this.#state === 'minimised';
  }

  isMaximized(): boolean {
    return this.#state === 'maximised';
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }

  /** As a user does: whoever listens may keep it open. */
  close(): void {
    const event = createEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (!this.#machine.parts.app.windows.has(this)) return;
    void this.webContents.close();
    this.emit('closed');
    this.#machine.parts.app.windowClosed(this);
  }
}
