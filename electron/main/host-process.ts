import type { MessagePortMain, UtilityProcess } from 'electron';
import type { HostOrder, KeptRun } from '../../shared/protocol/desktop';
import type { Electron } from './electron';
import { hostWord } from './messages';

/** after so many crashes within a minute it is not started by itself any more */
const MOST_CRASHES = 3;
const MINUTE = 60_000;
/** a batch that takes longer is given up; what was committed before stays */
const CLOSE_LIMIT = 20_000;

export interface HostProcess {
  /** Hands a port to the host; false where there is none to take it. */
  attach(port: MessagePortMain): boolean;
  /** Starts it again after `onGone`. */
  restart(): void;
  /** Lets it finish its batch and close; gives the run that was under way. */
  close(): Promise<KeptRun | null>;
}

export interface HostOptions {
  readonly utility: string;
  readonly env: NodeJS.ProcessEnv;
  /** the folder that a host started now must open */
  project(): string | undefined;
  /** it crashed; whoever was attached must ask for a port again */
  onLost(): void;
  /** it crashed too often to be started again unasked */
  onGone(): void;
  onNotOpened(dir: string): void;
}

/** Keeps one process with the service in it: started at once, and again when it crashes. */
export function startHostProcess(electron: Electron, options: HostOptions): HostProcess {
  return new Keeper(electron, options);
}

class Keeper implements HostProcess {
  readonly #electron: Electron;
  readonly #options: HostOptions;
  #crashes: number[] = [];
  #process: UtilityProcess | undefined;
  #closing: ((kept: KeptRun | null) => void) | undefined;

  constructor(electron: Electron, options: HostOptions) {
    this.#electron = electron;
    this.#options = options;
    this.#start();
  }

  attach(port: MessagePortMain): boolean {
    if (!this.#process) return false;
    post(this.#process, { type: 'attach' }, port);
    return true;
  }

  restart(): void {
    this.#crashes = [];
    if (!this.#process) this.#start();
  }

  close(): Promise<KeptRun | null> {
    const { promise, resolve } = withResolvers<KeptRun | null>();
    const process = this.#process;
    if (!process) return Promise.resolve(null);
    const limit = setTimeout(() => resolve(null), CLOSE_LIMIT);
    this.#closing = resolve;
    post(process, { type: 'close' });
    return promise.finally(() => {
      clearTimeout(limit);
      process.kill();
    });
  }

  #start(): void {
    const { utility, env, project } = this.#options;
    const dir = project();
    // A running query holds a thread of libuv's pool; its usual four would starve the reads beside a backfill.
    const started = this.#electron.utilityProcess.fork(utility, dir === undefined ? [] : ['-p', dir], {
      serviceName: 'Teal host',
      env: { ...env, UV_THREADPOOL_SIZE: '16' },
    });
    this.#process = started;
    started.on('message', (message: unknown) => this.#hear(message));
    started.once('exit', () => this.#end());
  }

  #hear(message: unknown): void {
    const parsed = hostWord.safeParse(message);
    if (!parsed.success) return;
    const word = parsed.data;
    if (word.type === 'closed') this.#closing?.(word.kept);
    else this.#options.onNotOpened(word.dir);
  }

  #end(): void {
    this.#process = undefined;
    if (this.#closing) this.#closing(null);
    else this.#crashed(Date.now());
  }

  #crashed(now: number): void {
    this.#crashes = [...this.#crashes.filter((at) => now - at < MINUTE), now];
    if (this.#crashes.length > MOST_CRASHES) this.#options.onGone();
    else this.#start();
    this.#options.onLost();
  }
}

function post(process: UtilityProcess, order: HostOrder, port?: MessagePortMain): void {
  process.postMessage(order, port ? [port] : []);
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: ((value: T) => void) | undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value) => resolve?.(value) };
}
