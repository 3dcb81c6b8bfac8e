// What `npm run compat -- DIR` calls: brings the command line up to date and runs the cases through it.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { buildTarget } from '../../build/targets.mjs';
import { packageRoot } from '../../build/tools.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const byNpm = process.env.npm_lifecycle_event === 'compat';
const caller = (byNpm && process.env.INIT_CWD) || process.cwd();

try {
  await buildTarget('node', { log: (line) => process.stderr.write(`${line}\n`) });
  const { module } = await runnerImport(join(packageRoot, 'test/compat/runner/main.ts'), {
    configFile: false,
    root: packageRoot,
    logLevel: 'error',
  });
  process.exitCode = await module.main(process.argv.slice(2), say, caller);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 4;
}
