import type { CustomScheme, Protocol } from 'electron';

type Handler = Parameters<Protocol['handle']>[1];

/** Schemes of the app's own, answered by the shell's handlers. */
export class StandInProtocol implements Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> {
  readonly schemes: CustomScheme[] = [];
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.schemes.push(...schemes);
  }

  handle(scheme: string, handler: Handler): void {
    this.#handlers.set(scheme, handler);
  }

  async answer(
    url: string,
  ): Promise<{ status: number; headers: Record<string, string>; body: Buffer } | undefined> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) return undefined;
    const response = await handler(new Request(url) as never);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  }
}
