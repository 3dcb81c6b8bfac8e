// `npm run gallery [-- --no-open]`: every primitive of the window in both themes, on a page of its own on this computer.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { buildTarget } from './targets.mjs';
import rendererConfig from './vite.renderer.config.mjs';

const { values } = parseArgs({
  options: { 'no-open': { type: 'boolean', default: false }, port: { type: 'string', default: '0' } },
});

try {
  await buildTarget('renderer', { log: console.error });
  const server = await preview({
    ...rendererConfig,
    logLevel: 'silent',
    preview: { host: '127.0.0.1', port: Number(values.port), open: false },
  });
  const address = server.httpServer.address();
  const url = `http://127.0.0.1:${address.port}/gallery.html`;
  console.log(url);
  if (!values['no-open']) open(url);
} catch (error) {
  console.error(error.message);
  process.exitCode = 4;
}

function open(url) {
  const [program, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? [
    'xdg-open',
  ];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // Where no browser can be opened the printed address is enough.
  child.on('error', () => child.unref());
  child.unref();
}
