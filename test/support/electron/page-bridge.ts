import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { HeldPorts, type StandInPort } from './ports';

const WORLD = 'Electron Isolated Context';
const BINDING = 'tealToNode';

type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'port'; readonly id: number; readonly bytes?: string; readonly json?: unknown }
  | { readonly kind: 'close'; readonly id: number }
  | ({ readonly kind: 'key' } & PressedKey);

/** A key that the page left alone. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface BridgeEnd {
  onSend(channel: string, args: readonly unknown[]): void;
  onInvoke(channel: string, args: readonly unknown[]): Promise<unknown>;
  onKey(key: PressedKey): void;
  /** the page wants another window */
  onOpen(url: string): void;
}

/** Runs a preload script in an isolated world of a page, and carries its messages and ports. */
export class PageBridge {
  readonly #cdp: CDPSession;
  readonly #end: BridgeEnd;
  readonly #ports = new HeldPorts();
  #context: number | undefined;

  private constructor(cdp: CDPSession, end: BridgeEnd) {
    this.#cdp = cdp;
    this.#end = end;
  }

  static async open(page: Page, preload: string, end: BridgeEnd): Promise<PageBridge> {
    const cdp = await page.context().newCDPSession(page);
    const bridge = new PageBridge(cdp, end);
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD) bridge.#context = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => bridge.leave());
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING) void bridge.#hear(JSON.parse(payload) as FromPage);
    });
    cdp.on('Page.windowOpen', ({ url }) => end.onOpen(url));
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${scriptOf('page-world.js')})()` });
    const run = `(require) => {\n${readFileSync(preload, 'utf8')}\n}`;
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${scriptOf('preload-world.js')})(${run})`,
      worldName: WORLD,
    });
    return bridge;
  }

  /** The document is gone, and its ports with it. */
  leave(): void {
    this.#context = undefined;
    this.#ports.closeAll();
  }

  /** Says where files of these names lie, for `webUtils`. */
  async setPaths(paths: Readonly<Record<string, string>>): Promise<void> {
    const expression = `globalThis.tealPaths = ${JSON.stringify(paths)}`;
    if (this.#context !== undefined)
      await this.#cdp.send('Runtime.evaluate', { expression, contextId: this.#context });
  }

  send(channel: string, args: readonly unknown[], transfer: readonly StandInPort[] = []): void {
    const ports = transfer.map((port) =>
      this.#ports.hold(port, (id) => ({
        deliver: (message) => this.#post({ kind: 'port', id, ...pack(message) }),
        closed: () => this.#post({ kind: 'close', id }),
      })),
    );
    this.#post({ kind: 'event', channel, args, ports });
  }

  async #hear(message: FromPage): Promise<void> {
    if (message.kind === 'send') this.#end.onSend(message.channel, message.args);
    if (message.kind === 'port') this.#ports.post(message.id, unpack(message));
    if (message.kind === 'close') this.#ports.close(message.id);
    if (message.kind === 'key') this.#end.onKey(message);
    if (message.kind !== 'invoke') return;
    const { id, channel, args } = message;
    await this.#end.onInvoke(channel, args).then(
      (value) => this.#post({ kind: 'result', id, value }),
      (error: unknown) => this.#post({ kind: 'result', id, error: String(error) }),
    );
  }

  /** To a document that is gone, nothing is sent. */
  #post(message: object): void {
    if (this.#context === undefined) return;
    const expression = `tealFromNode(${JSON.stringify(message)})`;
    this.#cdp.send('Runtime.evaluate', { expression, contextId: this.#context }).catch(ignoreGone);
  }
}

function scriptOf(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8')
    .trim()
    .replace(/;$/, '');
}

function pack(message: unknown): { bytes: string } | { json: unknown } {
  return message instanceof Uint8Array
    ? { bytes: Buffer.from(message).toString('base64') }
    : { json: message };
}

function unpack({ bytes, json }: { bytes?: string; json?: unknown }): unknown {
  return bytes === undefined ? json : new Uint8Array(Buffer.from(bytes, 'base64'));
}

function ignoreGone(error: unknown): void {
  if (!/context|closed|detached|crashed/i.test(String(error))) throw error;
}
