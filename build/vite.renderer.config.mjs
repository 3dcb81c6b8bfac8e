// The window: every page of renderer/app, with relative addresses so that app://, HTTP and a static host all serve it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { packageRoot } from './tools.mjs';

const app = join(packageRoot, 'renderer/app');
/** The static page is a target of its own, so that this one does not carry its worker. */
const pages = readdirSync(app).filter((name) => name.endsWith('.html') && name !== 'web.html');

export default {
  root: app,
  base: './',
  configFile: false,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: join(packageRoot, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2048,
    rolldownOptions: { input: pages.map((name) => join(app, name)) },
  },
};
