// The static page: the window with the whole service and the engine in a worker, in a folder that any file server can serve.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { pagePlugin } from './page-plugin.mjs';
import { packageRoot } from './tools.mjs';

const app = join(packageRoot, 'renderer/app');
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

export default {
  root: app,
  base: './',
  configFile: false,
  define: { TEAL_VERSION: JSON.stringify(version) },
  plugins: [react(), pagePlugin()],
  worker: { format: 'es' },
  build: {
    outDir: join(packageRoot, 'dist/web'),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2048,
    rolldownOptions: { input: join(app, 'web.html') },
  },
};
