import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTeal } from '../cli/teal';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const recipe = pathToFileURL(join(ROOT, 'build/electron-builder.config.mjs')).href;
const { default: config } = (await import(recipe)) as { default: Configuration };

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
}

/** Paths in an asar archive, and whether each lies beside it: the archive begins with its index as JSON. */
function listArchive(file: string): ReadonlyMap<string, { readonly unpacked: boolean }> {
  const handle = openSync(file, 'r');
  const sizes = Buffer.alloc(16);
  readSync(handle, sizes, 0, 16, 0);
  const text = Buffer.alloc(sizes.readUInt32LE(12));
  readSync(handle, text, 0, text.length, 16);
  const found = new Map<string, { unpacked: boolean }>();
  const walk = (entry: Entry, path: string): void => {
    for (const [name, below] of Object.entries(entry.files ?? {})) {
      const at = path === '' ? name : `${path}/${name}`;
      if (below.files) walk(below, at);
      else found.set(at, { unpacked: below.unpacked ?? false });
    }
  };
  walk(JSON.parse(text.toString('utf8')) as Entry, '');
  return found;
}

/** Packs with a folder in place of Electron's program; gives the folder with the archive. */
async function pack(dir: string, changes: object = {}): Promise<string> {
  const electronDist = join(dir, 'electron');
  mkdirSync(join(electronDist, 'resources'), { recursive: true });
  writeFileSync(join(electronDist, 'electron'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(electronDist, 'electron'), 0o755);
  writeFileSync(join(electronDist, 'version'), '0.0.0\n');
  const whole = { ...config, ...changes, electronDist, directories: { output: join(dir, 'out') } };
  const file = join(dir, 'config.json');
  writeFileSync(file, JSON.stringify(whole));
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  await run(process.execPath, [builder, '--dir', '--linux', '--x64', '--config', file], {
    cwd: ROOT,
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    maxBuffer: 1 << 24,
  });
  return join(dir, 'out/linux-unpacked/resources');
}

const dir = mkdtempSync(join(tmpdir(), 'teal-pack-'));
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

describe('the packed desktop app', () => {
  let resources = '';
  let archive: ReturnType<typeof listArchive> = new Map();
  beforeAll(async () => {
    buildTeal('renderer', 'electron');
    resources = await pack(join(dir, 'good'));
    archive = listArchive(join(resources, 'app.asar'));
  }, 180_000);

  it('holds the processes, the window and what they run on', () => {
    for (const path of [
      'package.json',
      'dist/electron/main.js',
      'dist/electron/preload.cjs',
      'dist/electron/utility.js',
      'dist/renderer/index.html',
      'dist/renderer/theme-boot.js',
      'node_modules/@duckdb/node-api/package.json',
    ])
      expect([...archive.keys()], path).toContain(path);
  });

  it('holds no tests, no sources, no maps, and no package but those of the engine', () => {
    const paths = [...archive.keys()];
    const rooms = /^(test|build|docs|shared|node|electron|renderer|dist\/(node|types|web))\//;
    expect(paths.filter((path) => rooms.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.(map|tsx?)$/.test(path) && !path.startsWith('node_modules/'))).toEqual(
      [],
    );
    const packages = paths.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(packages)].filter((name) => !name.startsWith('@duckdb/node-'))).toEqual([
      'detect-libc',
    ]);
    expect(paths.filter((path) => path.includes('/.teal/'))).toEqual([]);
  });

  it('has the engine and the samples beside the archive, and nothing else', () => {
    const unpacked = [...archive].filter(([, { unpacked }]) => unpacked).map(([path]) => path);
    expect(unpacked.length).toBeGreaterThan(0);
    expect(
      unpacked.filter((path) => !/^(examples|node_modules\/(@duckdb|detect-libc))\//.test(path)),
    ).toEqual([]);
    const beside = join(resources, 'app.asar.unpacked');
    expect(existsSync(join(beside, 'examples/blank/config.yaml'))).toBe(true);
    expect(existsSync(join(beside, 'examples/sushi/raw/stores.csv'))).toBe(true);
  });

  it('has an engine that plain Node loads from there, and that answers', async () => {
    const code = [
      "import { DuckDBInstance } from '@duckdb/node-api';",
      "const instance = await DuckDBInstance.create(':memory:');",
      "const reader = await (await instance.connect()).runAndReadAll('SELECT 6 * 7 AS answer');",
      'console.log(JSON.stringify(reader.getRowObjectsJson()));',
    ].join('\n');
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
      cwd: join(resources, 'app.asar.unpacked'),
    });
    expect(JSON.parse(stdout)).toEqual([{ answer: 42 }]);
  });
});

describe('the recipe', () => {
  it('is refused with a word that electron-builder does not know', async () => {
    const planted = pack(join(dir, 'bad'), { asarUnpak: ['examples/**'] });
    await expect(planted).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("unknown property 'asarUnpak'"),
    });
  });

  it('names the kinds of package for each system', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb']);
    expect(config.mac?.target).toEqual(['dmg']);
    expect(config.win?.target).toEqual(['nsis']);
  });
});
