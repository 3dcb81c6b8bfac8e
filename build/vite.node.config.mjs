// The command line, and the host by itself for benchmarks: ES modules for Node with everything bundled but the native engine, split so that `--help` loads little.
import { join } from 'node:path';
import { packageRoot } from './tools.mjs';

/** Node built-ins are external by themselves; the last two are optional parts of ws that Teal does without. */
export const external = [/^@duckdb\/node-/, 'bufferutil', 'utf-8-validate'];

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
      input: { teal: join(packageRoot, 'node/cli/teal.ts'), host: join(packageRoot, 'node/host/host.ts') },
      external,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};
