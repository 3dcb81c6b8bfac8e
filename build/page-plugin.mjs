// What makes the window a page of its own: the templates beside it, and the service worker.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, packageRoot } from './tools.mjs';

const TEMPLATES = ['sushi', 'blank'];
const LEFT_OUT = /(^|\/)(\.teal|\.git|\.cache|logs|node_modules|README\.md|make-raw\.mjs)(\/|$)/;
/** Fetched when first used, or when the page has come to rest; all else is kept at once. */
const LATER = /\.wasm$|\.worker-[^/]*\.js$|(^|\/)templates\/|elk/;
const NOT_KEPT = /\.map$|^sw\.js$/;

export function pagePlugin() {
  return {
    name: 'teal-page',
    generateBundle: {
      order: 'post',
      handler() {
        for (const { path, content } of templateFiles())
          this.emitFile({ type: 'asset', fileName: path, source: content });
      },
    },
  };
}

/** The service worker of a built page: its files are listed by name, and its cache is named by a hash of them all. */
export function serviceWorker(dir) {
  const files = listFiles(dir, [''], /./)
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => !NOT_KEPT.test(path));
  const hash = createHash('sha256');
  for (const path of files) hash.update(path).update(readFileSync(join(dir, path)));
  const source = readFileSync(join(packageRoot, 'build/service-worker.js'), 'utf8');
  const lists = {
    shell: files.filter((path) => !LATER.test(path)),
    later: files.filter((path) => LATER.test(path)),
  };
  return source
    .replace('{ shell: [], later: [] }', () => JSON.stringify(lists))
    .replace("'teal';", () => `'${hash.digest('hex').slice(0, 16)}';`);
}

/** Each template is one file, its own laid end to end, since a request for each would take longer than all their bytes. */
function templateFiles() {
  const manifest = {};
  const files = [];
  for (const template of TEMPLATES) {
    const root = `examples/${template}`;
    const paths = listFiles(packageRoot, [root], /./).filter((path) => !LEFT_OUT.test(path));
    const contents = paths.map((path) => readFileSync(join(packageRoot, path)));
    manifest[template] = paths.map((path, index) => ({
      path: path.slice(root.length + 1),
      bytes: contents[index].length,
    }));
    files.push({ path: `templates/${template}.bin`, content: Buffer.concat(contents) });
  }
  return [...files, { path: 'templates/manifest.json', content: JSON.stringify(manifest) }];
}
