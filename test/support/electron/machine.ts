import type { Browser, BrowserContext, Page, Request, Route } from '@playwright/test';
import type { StandInApp } from './app';
import { createEvent } from './events';
import type { StandInIpc } from './ipc-main';
import { StandInMenu } from './menu';
import { realOrigin, toApp } from './origin';
import type { StandInProtocol } from './protocol';
import type { StandInSession, StandInTheme } from './system';
import type { StandInContents } from './web-contents';

/** What one start of a shell has of Chromium: a context of its own, whose requests all come here. */
export class Machine {
  readonly pages = new Map<Page, StandInContents>();
  /** requests of a page that would have left the app; none was let out */
  readonly escaped: string[] = [];
  /** addresses that a page wanted to open in another window */
  readonly popups: string[] = [];
  readonly #context: Promise<BrowserContext>;

  constructor(
    readonly browser: Browser,
    readonly parts: {
      readonly app: StandInApp;
      readonly ipc: StandInIpc;
      readonly protocol: StandInProtocol;
      readonly session: StandInSession;
      readonly theme: StandInTheme;
    },
  ) {
    this.#context = this.#open();
    parts.theme.onChange = () => {
      for (const page of this.pages.keys()) void this.paint(page);
    };
    parts.app.once('quit', () => void this.#context.then((context) => context.close()));
  }

  async newPage(contents: StandInContents, size: { width: number; height: number }): Promise<Page> {
    const page = await (await this.#context).newPage();
    this.pages.set(page, contents);
    await page.setViewportSize(size);
    await this.paint(page);
    await this.#permit(page);
    return page;
  }

  /** Gives a page the colour scheme of the app. */
  async paint(page: Page): Promise<void> {
    const colorScheme = this.parts.theme.shouldUseDarkColors ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme });
  }

  press(key: Parameters<StandInMenu['press']>[0]): void {
    StandInMenu.application?.press(key);
  }

  async #open(): Promise<BrowserContext> {
    const context = await this.browser.newContext();
    await context.route('**/*', (route) => this.#route(route));
    context.on('page', (page) => void this.#meet(page));
    return context;
  }

  /** A page that another one opened is shown to the handler of its opener, and never lives. */
  async #meet(page: Page): Promise<void> {
    const opener = await page.opener();
    const contents = opener ? this.pages.get(opener) : undefined;
    if (!contents) return;
    this.popups.push(toApp(page.url()));
    if (contents.openHandler?.({ url: toApp(page.url()) } as never).action === 'deny') await page.close();
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    if (isMainNavigation(request)) {
      const contents = this.pages.get(request.frame().page());
      if (!contents?.mayNavigate(url)) return route.abort('aborted');
    }
    const answer = await this.parts.protocol.answer(url);
    if (answer) return route.fulfill(answer);
    this.escaped.push(url);
    return route.abort();
  }

  /** The shell's handlers decide what Chromium grants. */
  async #permit(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const whole = await this.browser.newBrowserCDPSession();
    for (const { descriptor, setting } of this.parts.session.decisions()) {
      await whole.send('Browser.setPermission', {
        permission: descriptor,
        setting,
        origin: realOrigin,
        ...(targetInfo.browserContextId ? { browserContextId: targetInfo.browserContextId } : {}),
      });
    }
    await whole.detach();
  }
}

function isMainNavigation(request: Request): boolean {
  return request.isNavigationRequest() && request.frame().parentFrame() === null;
}

/** Whether the listeners of `will-navigate` let a page go to an address. */
export function askNavigation(contents: StandInContents, url: string): boolean {
  const event = createEvent({ url });
  contents.emit('will-navigate', event, url);
  return !event.defaultPrevented;
}
