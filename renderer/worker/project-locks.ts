import { type Fault, fault } from '../../shared/base/errors';

/** Which tab has which project: one lock each, held as long as its warehouse is open. */
export interface ProjectLocks {
  /** gives a function that lets go; held by another tab that keeps it: `engine.locked` */
  take(dir: string, takeOver: boolean): Promise<() => void>;
  /** projects that another tab, or this one, has open */
  held(): Promise<ReadonlySet<string>>;
}

const PREFIX = 'teal.project ';
const CHANNEL = 'teal.projects';
/** a tab that is just being closed has let go by then */
const PATIENCE = 1500;
/** a run stops between two batches */
const HAND_OVER_PATIENCE = 30_000;

/** `asked` is called when another tab wants a project; it closes it, if it is open here. */
export function createProjectLocks(asked: (dir: string) => void): ProjectLocks {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') asked(data);
  };
  return {
    async take(dir, takeOver) {
      if (takeOver) channel.postMessage(dir);
      const release = await hold(PREFIX + dir, takeOver ? HAND_OVER_PATIENCE : PATIENCE);
      if (!release) throw elsewhere(dir);
      return release;
    },
    async held() {
      const { held = [] } = await navigator.locks.query();
      const names = held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
      return new Set(names);
    },
  };
}

/** Takes a lock and gives what frees it; undefined where it was not to be had in time. */
function hold(name: string, patience: number): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(
      name,
      { signal: AbortSignal.timeout(patience) },
      () => new Promise<void>((free) => resolve(() => free())),
    );
    held.catch((thrown: unknown) => {
      if (thrown instanceof DOMException && ['TimeoutError', 'AbortError'].includes(thrown.name))
        resolve(undefined);
      else reject(thrown);
    });
  });
}

function elsewhere(dir: string): Fault {
  return fault('engine.locked', 'This project is open in another tab of this browser.', {
    place: { file: dir },
    kept: 'Nothing was changed here; the other tab goes on.',
    remedy:
      'Use the other tab, or use it here instead: a run there stops between two batches and can be resumed.',
  });
}
