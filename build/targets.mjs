// Builds a target when its inputs changed; a lock folder keeps two builds of one target apart.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serviceWorker } from './page-plugin.mjs';
import { measurePage } from './page-size.mjs';
import { listFiles, packageRoot } from './tools.mjs';

const TARGETS = {
  renderer: {
    rooms: ['shared', 'renderer'],
    entry: 'renderer/app/index.html',
    output: 'renderer/index.html',
  },
  node: { rooms: ['shared', 'node'], entry: 'node/cli/teal.ts', output: 'node/teal.js' },
  electron: {
    rooms: ['shared', 'node', 'electron'],
    entry: 'electron/main/main.ts',
    output: 'electron/main.js',
  },
  'browser-tests': {
    rooms: ['shared', 'renderer', 'test/browser', 'test/contract'],
    entry: 'test/browser/index.html',
    output: 'browser-tests/index.html',
  },
  web: {
    rooms: ['shared', 'renderer', 'examples'],
    entry: 'renderer/app/web.html',
    output: 'web/index.html',
    finish: finishPage,
  },
};
const LOCK_AGE_LIMIT = 120_000;

export const targetNames = Object.keys(TARGETS);

/** Brings one target up to date. Resolves to true when it had to be built; throws an Error with a plain message. */
export async function buildTarget(name, { force = false, log = () => undefined } = {}) {
  const { entry, output } = TARGETS[name];
  if (!existsSync(join(packageRoot, entry))) throw new Error(`cannot build ${name}: ${entry} does not exist`);
  if (!force && isFresh(name)) return false;
  const release = await takeLock(name);
  try {
    if (!force && isFresh(name)) return false;
    const began = Date.now();
    const stamp = inputStamp(name);
    await runVite(name);
    TARGETS[name].finish?.();
    if (!existsSync(join(packageRoot, 'dist', output))) throw new Error(`dist/${output} was not written`);
    writeFileSync(stampFile(name), stamp);
    log(`built ${name} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    return true;
  } finally {
    release();
  }
}

/** Names the page as servers want it, adds the service worker, which knows every file of it, and weighs it. */
function finishPage() {
  const dir = join(packageRoot, 'dist/web');
  renameSync(join(dir, 'web.html'), join(dir, 'index.html'));
  writeFileSync(join(dir, 'sw.js'), serviceWorker(dir));
  const { past } = measurePage(dir);
  if (past.length > 0) throw new Error(`building web failed: ${past.join('; ')}`);
}

function isFresh(name) {
  const file = stampFile(name);
  const output = join(packageRoot, 'dist', TARGETS[name].output);
  return existsSync(file) && existsSync(output) && readFileSync(file, 'utf8') === inputStamp(name);
}

const stampFile = (name) => join(packageRoot, `dist/.stamp-${name}`);

function inputStamp(name) {
  const hash = createHash('sha256');
  const files = listFiles(packageRoot, [...TARGETS[name].rooms, 'build'], /./);
  for (const path of [...files, 'package-lock.json', 'tsconfig.base.json']) {
    const { mtimeMs, size } = statSync(join(packageRoot, path));
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

async function runVite(name) {
  const { build } = await import('vite');
  const { default: configs } = await import(`./vite.${name}.config.mjs`);
  for (const config of [configs].flat()) {
    try {
      await build({ ...config, logLevel: 'silent' });
    } catch (error) {
      throw new Error(`building ${name} failed: ${error.message}`, { cause: error });
    }
  }
}

async function takeLock(name) {
  const lock = join(packageRoot, `dist/.lock-${name}`);
  mkdirSync(join(packageRoot, 'dist'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (lockAge(lock) > LOCK_AGE_LIMIT) rmSync(lock, { recursive: true, force: true });
    else await wait(100);
  }
}

function lockAge(lock) {
  const stats = statSync(lock, { throwIfNoEntry: false });
  return stats ? Date.now() - stats.mtimeMs : 0;
}
