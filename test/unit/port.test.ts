import { expect, it, onTestFinished } from 'vitest';
import {
  type Answering,
  answerPort,
  type CallContext,
  type Carrier,
  createClient,
} from '../../shared/protocol/port';

/** Two ends in one process; each hears when the other is closed. */
function pair(): [Carrier, Carrier] {
  const heard: ((bytes: Uint8Array) => void)[] = [];
  const closed: (() => void)[] = [];
  const end = (own: 0 | 1): Carrier => ({
    post: (bytes) => queueMicrotask(() => heard[1 - own]?.(bytes)),
    listen: (receive) => {
      heard[own] = receive;
    },
    onClose: (listener) => {
      closed[own] = listener;
    },
    close: () => closed.forEach((listener) => void listener()),
  });
  return [end(0), end(1)];
}

it('a client that leaves during a call harms nobody, though the call still tells of its progress', async () => {
  const unhandled: unknown[] = [];
  const hear = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', hear);
  onTestFinished(() => void process.off('unhandledRejection', hear));
  let begun: (context: CallContext) => void = () => undefined;
  const context = new Promise<CallContext>((resolve) => {
    begun = resolve;
  });
  const service = {
    handlers: {
      'app.recent': (_input: unknown, given: CallContext) => {
        begun(given);
        return new Promise(() => undefined);
      },
    },
    subscribe: () => () => undefined,
  } as unknown as Answering;
  const [near, far] = pair();
  answerPort(far, service);
  const client = createClient(near);
  const asked = client.call('app.recent', {});
  const { progress, signal } = await context;
  progress('Reading', 1, 2);
  client.close();
  await expect(asked).rejects.toMatchObject({ problem: { code: 'wire.invalid' } });
  expect(signal.aborted).toBe(true);
  progress('Reading', 2, 2);
  await new Promise((done) => setImmediate(done));
  expect(unhandled).toEqual([]);
});
