import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';

type Listener = Parameters<IpcMain['on']>[1];
type Handler = Parameters<IpcMain['handle']>[1];

/** Listeners and handlers of the main process, called with what pages send. */
export class StandInIpc implements Pick<IpcMain, 'handle'> {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #handlers = new Map<string, Handler>();

  on(channel: string, listener: Listener): this {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
    return this;
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`There is a handler for ${channel} already.`);
    this.#handlers.set(channel, handler);
  }

  take(channel: string, event: IpcMainEvent, args: readonly unknown[]): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(event, ...args);
  }

  async answer(channel: string, event: IpcMainInvokeEvent, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}
