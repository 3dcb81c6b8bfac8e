// The page of tests that run in a worker of a browser: hands calls on, keeps what it tells, and kills it when asked to.

interface Answer {
  readonly id: number;
  readonly ok: boolean;
  readonly value: unknown;
}

/** Everything that the worker said by itself, in order. */
const told: unknown[] = [];
let worker = start();
let calls = 0;
const waiting = new Map<number, (answer: Answer) => void>();

function start(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = (event: MessageEvent<Answer | { readonly told: unknown }>) => {
    if ('told' in event.data) {
      told.push(event.data.told);
      return;
    }
    waiting.get(event.data.id)?.(event.data);
    waiting.delete(event.data.id);
  };
  return started;
}

/** Calls a function of the worker by its name; throws what it throws. */
function callWorker(name: string, ...given: unknown[]): Promise<unknown> {
  calls += 1;
  const id = calls;
  return new Promise((resolve, reject) => {
    waiting.set(id, (answer) =>
      answer.ok ? resolve(answer.value) : reject(new Error(String(answer.value))),
    );
    worker.postMessage({ id, name, given });
  });
}

/** Ends the worker and all that it started at once, as a crash would, and starts a new one. */
function killWorker(): void {
  worker.terminate();
  waiting.clear();
  worker = start();
}

Object.assign(window, { callWorker, killWorker, told });
