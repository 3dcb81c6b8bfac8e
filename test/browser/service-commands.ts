import { createBrowserPlatform } from '../../renderer/worker/browser-platform';
import { createProjectLocks } from '../../renderer/worker/project-locks';
import { createTree } from '../../renderer/worker/tree';
import { answerCall } from '../../shared/protocol/port';
import { createService, type Service } from '../../shared/service/service';
import { openTestEngine } from './open';

let service: Promise<Service> | undefined;

/** The service as the static page's worker has it, on the browser's own storage. */
async function start(): Promise<Service> {
  const tree = createTree(await navigator.storage.getDirectory());
  const files = {
    file: tree.file,
    write: tree.write,
    match: async (pattern: string) => {
      const folder = pattern.slice(0, pattern.lastIndexOf('/'));
      const names = (await tree.list(folder)).map((entry) => `${folder}/${entry.name}`);
      const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
      return names.filter((path) => shape.test(path));
    },
  };
  const started = createService(
    createBrowserPlatform({
      version: 'test',
      user: () => 'Ada',
      base: self.location.href,
      tree,
      locks: createProjectLocks(() => undefined),
      isOpenHere: () => false,
      openEngine: (request) => openTestEngine({ ...request, files }),
    }),
  );
  started.subscribe((told) => self.postMessage({ told }));
  return started;
}

export const serviceCommands = {
  /** calls a command of the table; gives its output and how long it took, in ms, or throws its problem */
  async call(id: string, input: unknown): Promise<{ output: unknown; ms: number }> {
    service ??= start();
    const context = { call: '1', signal: new AbortController().signal, progress: () => undefined };
    const started = performance.now();
    const result = await answerCall({ service: await service, id, input, context });
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return { output: result.value, ms: performance.now() - started };
  },
  /** puts files into the browser's storage, by absolute path, before a project of theirs is opened */
  async store(files: Readonly<Record<string, Uint8Array>>): Promise<void> {
    const tree = createTree(await navigator.storage.getDirectory());
    for (const [path, bytes] of Object.entries(files))
      await tree.write(path, new Blob([bytes as Uint8Array<ArrayBuffer>]));
  },
  /** takes files away again, while no project of theirs is open */
  async remove(paths: readonly string[]): Promise<void> {
    const tree = createTree(await navigator.storage.getDirectory());
    for (const path of paths) await tree.remove(path);
  },
} satisfies Record<string, (...given: never[]) => Promise<unknown>>;
