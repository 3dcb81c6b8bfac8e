// The page and worker of tests that run inside a browser, over the source itself.
import { join } from 'node:path';
import { packageRoot } from './tools.mjs';

const root = join(packageRoot, 'test/browser');

export default {
  root,
  base: './',
  configFile: false,
  worker: { format: 'es' },
  build: {
    outDir: join(packageRoot, 'dist/browser-tests'),
    emptyOutDir: true,
    target: 'chrome130',
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8192,
    rolldownOptions: { input: join(root, 'index.html') },
  },
};
