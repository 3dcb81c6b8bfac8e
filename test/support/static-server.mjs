// A plain file server below a sub-path: no header but the type, as the cheapest hosting has it.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

export const SUB_PATH = '/some/where/teal/';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves folders, the first that has a file wins; gives the address of the page and the paths that were asked for. */
export async function serveFolders(...folders) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    asked.push(path);
    const file = path.startsWith(SUB_PATH) && find(folders, path.slice(SUB_PATH.length) || 'index.html');
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}${SUB_PATH}`, asked, close };
}

function find(folders, path) {
  const files = folders.map((folder) => join(folder, normalize(`/${path}`)));
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}
