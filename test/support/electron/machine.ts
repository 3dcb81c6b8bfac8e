import { once } from 'node:events';
import type { Browser, BrowserContext, Frame, Page, Request, Route } from '@playwright/test';
import type { WebContents } from 'electron';
import type { StandInApp } from './app';
import type { StandInIpc } from './ipc-main';
import { StandInMenu } from './menu';
import { realOrigin, toApp } from './origin';
import type { StandInProtocol } from './protocol';
import type { StandInSession, StandInTheme } from './system';

/** What a page belongs to. */
export interface PageOwner {
  /** what the app decides about windows that the page wants to open */
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  mayNavigate(url: string): boolean;
}

/** What one start of a shell has of Chromium: a context of its own, whose requests all come here. */
export class Machine {
  readonly pages = new Map<Page, PageOwner>();
  /** requests of a page that would have left the app; none was let out */
  readonly escaped: string[] = [];
  /** addresses that a page wanted to open in another window, and was not let */
  readonly denied: string[] = [];
  readonly opened: string[] = [];
  /** the app has quit, and nothing of it is left in the browser */
  readonly closed: Promise<void>;
  readonly #context: Promise<BrowserContext>;
  #making: Promise<unknown> = Promise.resolve();

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
      for (const page of this.pages.keys()) void this.paint(page).catch(ignoreClosed);
    };
    this.closed = once(parts.app, 'quit').then(async () => {
      const context = await this.#context;
      await context.close();
    });
  }

  async newPage(contents: PageOwner, size: { width: number; height: number }): Promise<Page> {
    const making = this.#context.then(async (context) => {
      const page = await context.newPage();
      this.pages.set(page, contents);
      return page;
    });
    this.#making = making;
    const page = await making;
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
    await context.route('**/*', (route) => this.#route(route).catch(ignoreClosed));
    context.on('page', (page) => void this.#meet(page).catch(ignoreClosed));
    return context;
  }

  /** A page wants another window: the handler of its contents decides, and what it denies never lives. */
  open(contents: PageOwner, url: string): void {
    const { action } = contents.openHandler?.({ url } as never) ?? { action: 'allow' };
    (action === 'deny' ? this.denied : this.opened).push(url);
  }

  async #meet(page: Page): Promise<void> {
    await this.#making;
    if (!this.pages.has(page) && this.opened.length === 0) await page.close();
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    const page = pageToFill(request);
    if (page !== undefined && !(page && this.pages.get(page)?.mayNavigate(url)))
      return route.abort('aborted');
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
    // The permissions hold as long as the one who set them is there.
    this.parts.app.once('quit', () => void whole.detach().catch(ignoreClosed));
  }
}

/** The page that a request is to fill; a page that is only being opened by another one is none yet. */
function pageToFill(request: Request): Page | null | undefined {
  if (!request.isNavigationRequest()) return undefined;
  const frame = frameOf(request);
  if (!frame) return null;
  return frame.parentFrame() === null ? frame.page() : undefined;
}

function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch (error) {
    if (/not available/.test(String(error))) return undefined;
    throw error;
  }
}

/** What was under way when the window was closed has no end. */
export function ignoreClosed(error: unknown): void {
  if (!/closed|handled/i.test(String(error))) throw error;
}
