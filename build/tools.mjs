// Where the package lives, the programs it calls, and the files of a room.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const PROGRAMS = {
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};

export function program(name) {
  return join(packageRoot, 'node_modules', PROGRAMS[name]);
}

/** Every file below the named folders of `root` whose name matches, as sorted paths relative to it. */
export function listFiles(root, folders, matches) {
  const found = [];
  for (const folder of folders) if (existsSync(join(root, folder))) walk(root, folder, matches, found);
  return found.sort();
}

function walk(root, folder, matches, found) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(root, path, matches, found);
    else if (matches.test(entry.name)) found.push(path);
  }
}
