import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as electron from 'electron';
import { createShell } from './shell';

const here = dirname(fileURLToPath(import.meta.url));

createShell(electron, {
  rendererDir: join(here, '../renderer'),
  preload: join(here, 'preload.cjs'),
  utility: join(here, 'utility.js'),
  argv: process.argv,
  cwd: process.cwd(),
  env: process.env,
});
