import type { Host } from '../host/host';
import type { Terminal } from './context';
import { plural } from './text';

/**
 * Waits for the command lines that are attached to this one's host, which a verb that is done does not take with it. Ctrl-C cuts them
 * off: their runs stop, and can go on later.
 */
export async function drain(own: Host, terminal: Terminal): Promise<void> {
  const { attached, drained } = own;
  if (!attached || !drained || attached() === 0) return;
  const slow = setTimeout(
    () =>
      terminal.err(
        `Done. ${plural(attached(), 'command')} of others still ${attached() === 1 ? 'uses' : 'use'} the project through this process, which ends with ${attached() === 1 ? 'it' : 'them'}; Ctrl-C cuts ${attached() === 1 ? 'it' : 'them'} off.`,
      ),
    1000,
  );
  await Promise.race([drained(), interrupted()]);
  clearTimeout(slow);
}

/** Resolves at the next Ctrl-C or request to end. */
export function interrupted(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
}
