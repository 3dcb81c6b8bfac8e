import type { Carrier } from '../../shared/protocol/port';

/** What a browser lacks that the page cannot do without. */
export type Lack = 'secure' | 'locks' | 'storage';

export interface PageWorkerOptions {
  readonly version: string;
  /** who is recorded with runs */
  user(): string;
  /** the project that this tab had open, if any */
  lastProject(): string | null;
  /** called once where the browser lacks something; no carrier comes then */
  lacking(lack: Lack): void;
}

/** Gives what starts the worker that holds the whole service, anew each time. */
export function pageWorkers(options: PageWorkerOptions): () => Promise<Carrier> {
  // A project whose opening ended the worker before its first answer is not opened again by itself.
  let answered = true;
  const noteAnswer = (): void => {
    answered = true;
  };
  return () => {
    const lack = missingHere();
    if (lack) return refuse(options, lack);
    const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), {
      type: 'module',
      name: 'Teal',
    });
    const lock = `teal.worker ${crypto.randomUUID()}`;
    const open = answered ? options.lastProject() : null;
    answered = false;
    const { version } = options;
    worker.postMessage({ lock, base: document.baseURI, version, user: options.user(), open });
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || 'The worker could not be loaded.'));
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === 'ready') resolve(carryWorker(worker, { lock, answered: noteAnswer }));
        else if (data === 'storage') options.lacking(data);
      };
    });
  };
}

function missingHere(): Lack | undefined {
  if (!window.isSecureContext) return 'secure';
  if (!('storage' in navigator) || !('getDirectory' in navigator.storage)) return 'storage';
  return 'locks' in navigator ? undefined : 'locks';
}

function refuse(options: PageWorkerOptions, lack: Lack): Promise<Carrier> {
  options.lacking(lack);
  return new Promise(() => undefined);
}

/** A worker that ended says nothing: it has a lock as long as it lives, and whoever waits for that learns of its end. */
function carryWorker(worker: Worker, life: { lock: string; answered(): void }): Carrier {
  const closers = new Set<() => void>();
  void navigator.locks.request(life.lock, () => {
    for (const closed of closers) closed();
  });
  worker.onerror = () => worker.terminate();
  return {
    post: (bytes) => worker.postMessage(bytes),
    listen: (receive) => {
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!(data instanceof Uint8Array)) return;
        life.answered();
        receive(data);
      };
    },
    onClose: (closed) => void closers.add(closed),
    close: () => worker.terminate(),
  };
}
