import { EventEmitter } from 'node:events';
import type { Page } from '@playwright/test';
import type { BrowserWindowConstructorOptions, IpcMainEvent, WebContents } from 'electron';
import { createEvent } from './events';
import { ignoreClosed, type Machine, type PageOwner } from './machine';
import { toApp, toReal } from './origin';
import { PageBridge } from './page-bridge';
import type { StandInPort } from './ports';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** The contents of a window: a page of Chromium with the preload script in it. */
export class StandInContents
  extends EventEmitter
  implements PageOwner, Pick<WebContents, 'send' | 'postMessage' | 'reload' | 'setWindowOpenHandler'>
{
  openHandler: OpenHandler | undefined;
  /** milliseconds since 1970 */
  firstPaint: number | undefined;
  #page: Promise<{ readonly page: Page; readonly bridge: PageBridge }>;
  #url = '';
  #hasCrashed = false;
  #isExpected = false;
  readonly #machine: Machine;
  readonly #options: BrowserWindowConstructorOptions;

  constructor(machine: Machine, options: BrowserWindowConstructorOptions) {
    super();
    this.#machine = machine;
    this.#options = options;
    this.#page = this.#open();
  }

  /** The page that stands for this window now; another one after a crash. */
  async page(): Promise<Page> {
    return (await this.#page).page;
  }

  /** Says where files lie that the page gets to see, by their names. */
  async setPaths(paths: Readonly<Record<string, string>>): Promise<void> {
    await (await this.#page).bridge.setPaths(paths);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#page.then(({ bridge }) => bridge.send(channel, args));
  }

  postMessage(channel: string, message: unknown, transfer: unknown[] = []): void {
    void this.#page.then(({ bridge }) => bridge.send(channel, [message], transfer as StandInPort[]));
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    const { page } = await this.#page;
    this.#isExpected = true;
    try {
      await page.goto(toReal(url), { waitUntil: 'commit' });
      this.firstPaint = await page.evaluate(firstPaintOf);
      this.emit('first-paint');
    } catch (error) {
      ignoreClosed(error);
    }
  }

  reload(): void {
    if (!this.#hasCrashed) {
      this.#isExpected = true;
      void this.#page.then(({ page }) => page.reload());
      return;
    }
    this.#hasCrashed = false;
    this.#page = this.#open();
    void this.loadURL(this.#url);
  }

  /** What the app itself loads may come, else its listeners are asked. */
  mayNavigate(url: string): boolean {
    const isExpected = this.#isExpected;
    this.#isExpected = false;
    if (isExpected) return true;
    const event = createEvent({ url });
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  async close(): Promise<void> {
    const { page } = await this.#page;
    this.#machine.pages.delete(page);
    await page.close().catch(() => undefined);
  }

  async #open(): Promise<{ page: Page; bridge: PageBridge }> {
    const { width = 800, height = 600, webPreferences } = this.#options;
    const page = await this.#machine.newPage(this, { width, height });
    const { ipc } = this.#machine.parts;
    const bridge = await PageBridge.open(page, webPreferences?.preload ?? '', {
      onSend: (channel, args) => ipc.take(channel, this.#event(page), args),
      onInvoke: (channel, args) => ipc.answer(channel, this.#event(page), args),
      onKey: (key) => this.#machine.press(key),
      onOpen: (url) => this.#machine.open(this, toApp(url)),
    });
    page.on('crash', () => {
      this.#hasCrashed = true;
      this.#machine.pages.delete(page);
      bridge.leave();
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    return { page, bridge };
  }

  #event(page: Page): IpcMainEvent {
    return { sender: this, senderFrame: { url: toApp(page.url()), parent: null } } as unknown as IpcMainEvent;
  }
}

/** Runs in the page. */
function firstPaintOf(): Promise<number> {
  return new Promise((done) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint) done(performance.timeOrigin + paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}
