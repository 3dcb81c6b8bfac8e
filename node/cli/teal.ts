import { runCommandLine } from './program';

// A running query holds a thread of libuv's pool; its usual four would let a backfill starve the reads beside it.
process.env.UV_THREADPOOL_SIZE ??= '16';

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(text.startsWith('\r') ? text : `${text}\n`),
  isInteractive: process.stderr.isTTY === true,
  cwd: process.cwd(),
});
