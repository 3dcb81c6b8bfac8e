import type { Engine } from '../../shared/engine/contract';
import { EngineFault, withSession } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { held, open } from './open';

let engine: Engine | undefined;

function current(): Engine {
  if (!engine) throw new Error('No engine is open.');
  return engine;
}

/** What tests do with an engine from outside the page. */
export const commands = {
  async openEngine(path: string, memoryLimitBytes?: number): Promise<string> {
    engine = await open(path, memoryLimitBytes === undefined ? {} : { memoryLimitBytes });
    return engine.info.version;
  },
  async closeEngine(): Promise<void> {
    await engine?.close();
    engine = undefined;
  },
  async putFile(path: string, bytes: Uint8Array): Promise<void> {
    held.set(path, new File([bytes as Uint8Array<ArrayBuffer>], path, { lastModified: held.size + 1 }));
  },
  async getFile(path: string): Promise<Uint8Array | null> {
    const file = held.get(path);
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  },
  async run(text: string): Promise<number> {
    return withSession(current(), 'writer', (session) => session.run(authored(text)));
  },
  async rows(text: string): Promise<unknown> {
    return withSession(current(), 'interactive', async (session) => {
      const pages = { columns: [] as unknown[], rows: [] as unknown[] };
      for await (const page of session.pages(authored(text))) {
        pages.columns = [...page.columns];
        pages.rows.push(...page.rows);
      }
      return pages;
    });
  },
  /** code, message and the text at the place of a failure; null where there is none */
  async failure(text: string): Promise<unknown> {
    try {
      await commands.run(text);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof EngineFault)) throw thrown;
      const { position } = thrown.detail;
      return { ...thrown.problem, at: position === undefined ? null : text.slice(position) };
    }
  },
} satisfies Record<string, (...given: never[]) => Promise<unknown>>;
