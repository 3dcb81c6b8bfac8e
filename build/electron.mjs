// Where Electron's program is; its npm package fetches it only on first use, and not everywhere can.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './tools.mjs';

export const electronHome = join(packageRoot, 'node_modules/electron');

/** The path of Electron's program, or undefined where it is not on this machine. */
export function installedElectron() {
  const pathFile = join(electronHome, 'path.txt');
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronHome, 'dist');
  if (!existsSync(pathFile) && !process.env.ELECTRON_OVERRIDE_DIST_PATH) return undefined;
  const program = join(folder, existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron');
  return existsSync(program) ? program : undefined;
}
