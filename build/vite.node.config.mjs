// The command line: ES modules for Node with everything bundled but the native engine, split so that `--help` loads little.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './tools.mjs';

/** Node built-ins are external by themselves; the last two are optional parts of ws that Teal does without. */
export const external = [/^@duckdb\/node-/, 'bufferutil', 'utf-8-validate'];

const host = join(packageRoot, 'node/host/process.ts');

export default {
  root: packageRoot,
  configFile: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: join(packageRoot, 'dist/node'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { teal: join(packageRoot, 'node/cli/teal.ts'), ...(existsSync(host) ? { process: host } : {}) },
      external,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};
