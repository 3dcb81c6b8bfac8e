// Brings the command line up to date and runs it in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildTarget } from './targets.mjs';
import { packageRoot } from './tools.mjs';

/** Progress of builds and what went wrong with them: never on standard output, which is the command line's own. */
export const log = (line) => process.stderr.write(`${line}\n`);

/** Runs `teal ARGS`: standard input, output and the exit code are the command line's own. */
export async function runTeal(args) {
  await buildTarget('node', { log });
  if (args.includes('ui')) await buildTarget('renderer', { log });
  process.chdir(callerFolder());
  const entry = join(packageRoot, 'dist/node/teal.js');
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(entry).href);
}

/** npm runs scripts in the package's folder; relative paths mean the folder the caller stood in. */
export function callerFolder() {
  const caller = process.env.INIT_CWD;
  const byNpm = ['teal', 'start'].includes(process.env.npm_lifecycle_event ?? '');
  return byNpm && caller && process.cwd() === packageRoot ? caller : process.cwd();
}
