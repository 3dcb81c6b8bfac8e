// The desktop shell: main and utility process as ES modules, and the preload script as CommonJS, which a sandboxed window demands.
import { join } from 'node:path';
import { packageRoot } from './tools.mjs';
import { define, external as nodeExternal } from './vite.node.config.mjs';

const external = [/^electron($|\/)/, ...nodeExternal];
const outDir = join(packageRoot, 'dist/electron');

function config(input, output, emptyOutDir) {
  return {
    root: packageRoot,
    configFile: false,
    define,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: { input, external, output },
    },
  };
}

const processes = {
  main: join(packageRoot, 'electron/main/main.ts'),
  utility: join(packageRoot, 'electron/utility/utility.ts'),
};

export default [
  config(processes, { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }, true),
  config(
    { preload: join(packageRoot, 'electron/preload/preload.ts') },
    { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    false,
  ),
];
