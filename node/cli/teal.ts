import { spawn } from 'node:child_process';
import * as modules from 'node:module';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);

// From Node 22 on compiled code is kept from one start to the next; what it is to hold is loaded only then.
(modules as { enableCompileCache?: () => void }).enableCompileCache?.();
const { runCommandLine } = await import('./program');

// A running query holds a thread of libuv's pool; its usual four would let a backfill starve the reads beside it. The pool is made
// before this line runs, so the window's host is started once more with a larger one.
if (args.includes('ui') && process.env.UV_THREADPOOL_SIZE === undefined) {
  const again = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => again.kill(signal));
  process.exitCode = await new Promise<number>((ended) => again.on('exit', (code) => ended(code ?? 130)));
} else {
  endWithStarter();
  process.exitCode = await runCommandLine(args, {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(text.startsWith('\r') ? text : `${text}\n`),
    isInteractive: process.stderr.isTTY === true,
    cwd: process.cwd(),
  });
}

/** A host that was started once more ends when its starter does, however that ended: nobody is left to hold the warehouse. */
function endWithStarter(): void {
  if (!process.channel) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
