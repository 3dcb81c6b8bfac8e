import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Electron } from '../../electron/main/electron';
import { type HostOptions, startHostProcess } from '../../electron/main/host-process';

/** A process that is told things and says things, without doing any. */
class Quiet extends EventEmitter {
  readonly orders: unknown[] = [];
  kills = 0;

  postMessage(order: unknown): void {
    this.orders.push(order);
  }

  kill(): boolean {
    this.kills++;
    return true;
  }
}

/** A host over quiet processes; `last` is the one that runs now. */
function startQuiet(options: Partial<HostOptions> = {}) {
  const started: { args: readonly string[]; env: unknown; process: Quiet }[] = [];
  const fork = (_path: string, args: readonly string[], { env }: { env: unknown }) => {
    const process = new Quiet();
    started.push({ args, env, process });
    return process;
  };
  const told = { lost: 0, gone: 0, notOpened: [] as string[] };
  const host = startHostProcess({ utilityProcess: { fork } } as unknown as Electron, {
    utility: 'utility.js',
    env: { PATH: '/bin' },
    project: () => '/sales',
    onLost: () => void told.lost++,
    onGone: () => void told.gone++,
    onNotOpened: (dir) => told.notOpened.push(dir),
    ...options,
  });
  const last = (): Quiet => started.at(-1)?.process ?? new Quiet();
  return { host, started, told, last };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the process of the host', () => {
  it('starts on the open folder, with a pool of sixteen', () => {
    const { started } = startQuiet();
    expect(started.map(({ args, env }) => [args, env])).toEqual([
      [['-p', '/sales'], { PATH: '/bin', UV_THREADPOOL_SIZE: '16' }],
    ]);
    expect(startQuiet({ project: () => undefined }).started[0]?.args).toEqual([]);
  });

  it('is started again three times a minute, and then not unasked', () => {
    const { started, told, last, host } = startQuiet();
    for (let crash = 0; crash < 3; crash++) last().emit('exit', 1);
    expect([started.length, told.lost, told.gone]).toEqual([4, 3, 0]);
    last().emit('exit', 1);
    expect([started.length, told.lost, told.gone]).toEqual([4, 4, 1]);
    expect(host.attach({} as never)).toBe(false);
    host.restart();
    host.restart();
    expect(started.length).toBe(5);
  });

  it('is started again without end where the crashes lie apart', () => {
    const { started, told, last } = startQuiet();
    for (let crash = 0; crash < 10; crash++) {
      last().emit('exit', 1);
      vi.advanceTimersByTime(25_000);
    }
    expect([started.length, told.gone]).toEqual([11, 0]);
  });

  it('is asked to close, gives what it kept, and is not started again', async () => {
    const { host, started, last } = startQuiet();
    const closed = host.close();
    expect(last().orders).toEqual([{ type: 'close' }]);
    const kept = { title: 'Plan of prod', done: 3, total: 9 };
    last().emit('message', { type: 'closed', kept });
    expect(await closed).toEqual(kept);
    expect(last().kills).toBe(1);
    last().emit('exit', 0);
    expect(started.length).toBe(1);
  });

  it('that does not close in time is ended, and one that crashes while closing holds nothing up', async () => {
    const slow = startQuiet();
    const closed = slow.host.close();
    vi.advanceTimersByTime(20_000);
    expect(await closed).toBeNull();
    expect(slow.last().kills).toBe(1);
    const crashing = startQuiet();
    const ended = crashing.host.close();
    crashing.last().emit('exit', 1);
    expect(await ended).toBeNull();
    expect(crashing.started.length).toBe(1);
  });

  it('is heard only in words that are known', () => {
    const { told, last } = startQuiet();
    for (const word of ['not-opened', { type: 'not-opened' }, { type: 'run', dir: '/x' }, null])
      last().emit('message', word);
    last().emit('message', { type: 'not-opened', dir: '/locked' });
    expect(told.notOpened).toEqual(['/locked']);
  });
});
