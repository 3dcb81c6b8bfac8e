import { toProblem } from '../../shared/base/errors';
import { answerPort, type Carrier } from '../../shared/protocol/port';
import { createService, type Service } from '../../shared/service/service';
import { createBrowserPlatform } from './browser-platform';
import { openPageEngine, preparePageEngine } from './page-engine';
import { createProjectLocks } from './project-locks';
import { createTree } from './tree';

/** What the page says first; all later messages are the port's. */
interface Start {
  /** the lock whose end tells the page that this worker is gone */
  readonly lock: string;
  readonly base: string;
  readonly version: string;
  readonly user: string;
  /** the project that this tab had open */
  readonly open: string | null;
}

self.addEventListener('message', ({ data }: MessageEvent<Start>) => void start(data), { once: true });

/** Answers with `ready`, or with the name of what the browser lacks; calls that come meanwhile wait. */
async function start(options: Start): Promise<void> {
  const carrier = carrySelf();
  void navigator.locks.request(options.lock, () => new Promise(() => undefined));
  const root = await navigator.storage.getDirectory().catch(() => undefined);
  if (!root || !('createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
    self.postMessage('storage');
    return;
  }
  const service = createPageService(options, root);
  self.postMessage('ready');
  void preparePageEngine();
  if (options.open !== null) await reopen(service, options.open);
  answerPort(carrier, service);
}

function createPageService(options: Start, root: FileSystemDirectoryHandle): Service {
  const tree = createTree(root);
  const isOpenHere = (dir: string): boolean => service.openDir() === dir;
  const locks = createProjectLocks((dir) => {
    if (isOpenHere(dir)) void handOver(service, dir);
  });
  const platform = createBrowserPlatform({
    ...options,
    user: followUser(options.user),
    tree,
    locks,
    isOpenHere,
    // the page sees that this worker is gone, and starts another
    openEngine: openPageEngine(tree, () => self.close()),
  });
  const service = createService(platform);
  return service;
}

/** The name may change while the page is open. */
function followUser(first: string): () => string {
  let user = first;
  new BroadcastChannel('teal.user').onmessage = ({ data }: MessageEvent<unknown>) => {
    user = String(data);
  };
  return () => user;
}

/** A project that cannot be opened again is told by the first call that needs it. */
async function reopen(service: Service, dir: string): Promise<void> {
  try {
    await service.open(dir);
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (problem.code !== 'project.not_found') await service.leave(problem);
  }
}

async function handOver(service: Service, dir: string): Promise<void> {
  await service.leave({
    code: 'engine.locked',
    message: 'This project was handed over to another tab of this browser.',
    place: { file: dir },
    kept: 'Everything that was done here is kept; a run that was under way can be resumed there.',
    remedy: 'Go on in the other tab, or use it here again.',
  });
}

/** Messages that come before somebody listens are kept. */
function carrySelf(): Carrier {
  const early: Uint8Array[] = [];
  let receive = (bytes: Uint8Array): void => void early.push(bytes);
  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) receive(data);
  });
  return {
    post: (bytes) => self.postMessage(bytes, { transfer: [bytes.buffer] }),
    listen: (listener) => {
      receive = listener;
      for (const bytes of early.splice(0)) listener(bytes);
    },
    // this worker ends with its page
    onClose: () => undefined,
    close: () => self.close(),
  };
}
