// The command line, and the host by itself for benchmarks: ES modules for Node with everything bundled but the native engine, split so that `--help` loads little.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, packageRoot } from './tools.mjs';

/** Node built-ins are external by themselves; the last two are optional parts of ws that Teal does without. */
export const external = [/^@duckdb\/node-bindings/, 'bufferutil', 'utf-8-validate'];

/** What names the code of a build: a cache that other code wrote is not believed. */
export const define = { TEAL_BUILD: JSON.stringify(codeHash()) };

function codeHash() {
  const hash = createHash('sha256');
  for (const path of [...listFiles(packageRoot, ['shared', 'node'], /./), 'package-lock.json'])
    hash.update(`${path}\0`).update(readFileSync(join(packageRoot, path)));
  return hash.digest('hex').slice(0, 16);
}

export default {
  root: packageRoot,
  configFile: false,
  define,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: join(packageRoot, 'dist/node'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { teal: join(packageRoot, 'node/cli/teal.ts'), host: join(packageRoot, 'node/host/host.ts') },
      external,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};
