// node build/page-size.mjs [folder]: what the static page weighs, by kind, and fails past the limit.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { listFiles } from './tools.mjs';

const MB = 1024 ** 2;
/** In bytes of gzip: all that a browser ever loads of it, and what it loads before the first screen. */
const LIMITS = { all: 18 * MB, first: 0.5 * MB };

/** Sizes of a built page, and what is past its limit in plain lines. */
export function measurePage(dir) {
  const files = listFiles(dir, [''], /./).filter((path) => !path.endsWith('.map'));
  const sizes = files.map((path) => {
    const content = readFileSync(join(dir, path));
    return { path: path.replace(/^\//, ''), bytes: content.length, packed: gzipSync(content).length };
  });
  const kinds = new Map();
  for (const size of sizes) {
    const kind = kindOf(size.path);
    kinds.set(kind, [...(kinds.get(kind) ?? []), size]);
  }
  const rows = [...kinds].map(([kind, of]) => ({ kind, files: of.length, ...sumOf(of) }));
  const all = sumOf(sizes);
  const named = firstFiles(dir);
  const first = sumOf(sizes.filter(({ path }) => named.includes(path)));
  const past = [];
  if (files.length === 0) past.push(`${dir} holds no page`);
  if (all.packed > LIMITS.all) past.push(`the page is ${megabytes(all.packed)} gzip, the limit is 18 MB`);
  if (first.packed > LIMITS.first)
    past.push(`the first screen is ${megabytes(first.packed)} gzip, the limit is 0.5 MB`);
  return { rows, all, first, past };
}

/** What index.html names: scripts, and styles. */
function firstFiles(dir) {
  if (!existsSync(join(dir, 'index.html'))) return [];
  const html = readFileSync(join(dir, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
}

function kindOf(path) {
  if (path.startsWith('templates/')) return 'templates';
  return extname(path).slice(1) || 'other';
}

function sumOf(sizes) {
  return {
    bytes: sizes.reduce((sum, size) => sum + size.bytes, 0),
    packed: sizes.reduce((sum, size) => sum + size.packed, 0),
  };
}

const megabytes = (bytes) => `${(bytes / MB).toFixed(2)} MB`;

function printPage(dir) {
  const { rows, all, first, past } = measurePage(dir);
  for (const { kind, files, bytes, packed } of [...rows, { kind: 'all', files: '', ...all }])
    console.log(
      `${kind.padEnd(10)} ${String(files).padStart(4)} ${megabytes(bytes).padStart(10)}  gzip ${megabytes(packed)}`,
    );
  console.log(`the first screen loads ${megabytes(first.packed)} gzip of scripts and styles`);
  for (const line of past) console.log(line);
  return past.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exit(printPage(resolve(process.argv[2] ?? 'dist/web')) ? 0 : 1);
