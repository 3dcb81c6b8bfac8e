import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { outsideProject } from '../../shared/project/path-pattern';
import { codeOf } from './glob';

/** The path without symbolic links; of what does not exist, as much as does. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (thrown) {
    const parent = dirname(path);
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(thrown)) || parent === path) throw thrown;
    return join(realPath(parent), basename(path));
  }
}

/** The relative path of something inside a folder, with `/`; null for what is outside. Both are real paths. */
export function inside(dir: string, path: string): string | null {
  const way = relative(dir, path);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  return way.split(sep).join('/');
}

/** The real, absolute path of something in a folder; what leads out of it, also over links, is an `engine.denied` fault. */
export function resolveInside(dir: string, path: string): string {
  const real = path.includes('\0') ? null : realPath(resolve(dir, path));
  if (real !== null && inside(dir, real) !== null) return real;
  throw outsideProject(path);
}
