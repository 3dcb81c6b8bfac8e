import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { createNodePlatform } from '../../node/project/node-platform';
import { stateFolder } from '../../node/project/state-folder';
import { withSession } from '../../shared/engine/contract';
import { safeName } from '../../shared/project/folder-rules';
import type { Platform, RecentEntry } from '../../shared/service/platform';
import { sql } from '../../shared/sql/sql';
import { problemOf, scratch } from './support';

let place: ReturnType<typeof scratch>;
let platform: Platform;
beforeEach(() => {
  place = scratch();
  const env = { TEAL_STATE_DIR: join(place.dir, 'state') };
  platform = createNodePlatform({ version: '0.1.0', way: 'command line', openEngine: openNativeEngine, env });
});
afterEach(() => place.remove());

describe('the platform of Node', () => {
  it('says what it is', () => {
    expect(platform).toMatchObject({
      version: '0.1.0',
      way: 'command line',
      runtime: expect.stringContaining('Node '),
    });
    expect(platform.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(platform.user()).not.toBe('');
    expect(platform.randomId()).not.toBe(platform.randomId());
    expect(existsSync(join(platform.exampleDir, 'sushi/config.yaml'))).toBe(true);
  });

  it('keeps its state where the system wants it', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/x' }, 'linux')).toBe(join('/x', 'teal'));
    expect(stateFolder({}, 'linux')).toMatch(/\.local.state.teal$/);
    expect(stateFolder({}, 'darwin')).toMatch(/Application Support.Teal$/);
    expect(stateFolder({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'Teal'));
  });

  it('makes projects from templates, never over something', async () => {
    const dir = join(place.dir, 'new/shop');
    expect(await platform.createProject('blank', dir, 'My $& shop')).toBe(dir);
    expect(readFileSync(join(dir, 'docs/index.md'), 'utf8')).toMatch(/^# My \$& shop\n/);
    expect(existsSync(join(dir, 'models'))).toBe(true);
    expect(existsSync(join(dir, '.git'))).toBe(true);
    expect(await problemOf(() => platform.createProject('blank', dir, undefined))).toMatchObject({
      code: 'project.exists',
    });
    const file = place.write('file', 'x');
    expect(await problemOf(() => platform.createProject('blank', file, undefined))).toMatchObject({
      code: 'project.exists',
    });
    const empty = join(place.dir, 'empty');
    mkdirSync(empty);
    await platform.createProject('sushi', empty, undefined);
    expect(readdirSync(join(empty, 'raw/pos'))).toHaveLength(90);
    expect(existsSync(join(empty, '.teal'))).toBe(false);
    const folder = await platform.openFolder(empty);
    expect((await folder.readText()).has('models/mart/daily_sales.sql')).toBe(true);
  });

  it('lists folders', async () => {
    mkdirSync(join(place.dir, 'a/b'), { recursive: true });
    mkdirSync(join(place.dir, '.hidden'));
    place.write('shop/config.yaml', '');
    const { folders, parent } = await platform.listFolders(place.dir);
    expect(folders.map(({ name, project }) => [name, project])).toEqual([
      ['a', false],
      ['shop', true],
    ]);
    expect((await platform.listFolders(join(place.dir, 'a'))).parent).toBe(place.dir);
    expect(parent).not.toBeNull();
    expect((await platform.listFolders('/')).parent).toBeNull();
    expect(await problemOf(() => platform.listFolders(join(place.dir, 'none')))).toMatchObject({
      code: 'project.not_found',
    });
  });

  it('remembers the last twelve projects, and says which are gone', async () => {
    const entry = (name: string): RecentEntry => ({
      dir: join(place.dir, name),
      name,
      openedAt: 1,
      state: 'live',
      note: '',
    });
    mkdirSync(join(place.dir, 'p5'));
    for (let index = 0; index < 14; index += 1) await platform.remember(entry(`p${index}`));
    await platform.remember(entry('p5'));
    const recents = await platform.recents();
    expect(recents).toHaveLength(12);
    expect(recents[0]).toMatchObject({ name: 'p5', state: 'live' });
    expect(recents[1]).toMatchObject({ name: 'p13', state: 'missing' });
    writeFileSync(join(place.dir, 'state/recents.json'), 'broken');
    expect(await platform.recents()).toEqual([]);
  });
});

describe('an upload', () => {
  it('comes in pieces, within what was announced', async () => {
    const upload = await platform.beginUpload('../../etc/My file.csv', 10);
    expect(await platform.writeUpload(upload, 0, new TextEncoder().encode('01234'))).toBe(5);
    expect(await problemOf(() => platform.uploadPath(upload))).toMatchObject({ code: 'usage.invalid' });
    expect(await problemOf(() => platform.writeUpload(upload, 7, new Uint8Array(1)))).toMatchObject({
      code: 'usage.invalid',
    });
    expect(await problemOf(() => platform.writeUpload(upload, 5, new Uint8Array(6)))).toMatchObject({
      code: 'usage.invalid',
    });
    expect(await platform.writeUpload(upload, 0, new TextEncoder().encode('0123456789'))).toBe(10);
    const path = await platform.uploadPath(upload);
    expect(path.startsWith(join(place.dir, 'state', 'uploads'))).toBe(true);
    expect(path.endsWith('My file.csv')).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('0123456789');
  });

  it('needs a size and a name that exists', async () => {
    for (const bytes of [-1, 1.5, Number.NaN])
      expect(await problemOf(() => platform.beginUpload('a', bytes))).toMatchObject({
        code: 'usage.invalid',
      });
    expect(await problemOf(() => platform.beginUpload('a', Number.MAX_SAFE_INTEGER))).toMatchObject({
      code: 'engine.disk_full',
    });
    expect(await problemOf(() => platform.writeUpload('none', 0, new Uint8Array(1)))).toMatchObject({
      code: 'usage.invalid',
    });
  });

  it.each([
    ['a/b\\c.csv', 'c.csv'],
    ['..', 'file'],
    ['.hidden.csv', 'hidden.csv'],
    ['a<b>:"|?*\u0000.csv', 'a_b_______.csv'],
    ['con.csv', '_con.csv'],
    ['dots...', 'dots'],
    ['', 'file'],
    [`${'x'.repeat(300)}.csv`, `${'x'.repeat(116)}.csv`],
  ])('%j is named %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });
});

describe('the engine of a project', () => {
  it('keeps its file in .teal, and reaches the project alone', async () => {
    place.write('p/config.yaml', '');
    place.write('p/raw/a.csv', 'a\n1\n');
    const outside = place.write('outside.csv', 'a\n1\n');
    const folder = await platform.openFolder(join(place.dir, 'p'));
    const engine = await platform.openEngine(folder);
    await withSession(engine, 'writer', async (session) => {
      await session.run(sql`CREATE TABLE t AS FROM read_csv(${folder.resolve('raw/a.csv')})`);
      expect(await problemOf(() => session.rows(sql`FROM read_csv(${outside})`))).toMatchObject({
        code: 'engine.denied',
      });
    });
    await engine.close();
    expect(readdirSync(join(folder.dir, '.teal')).toSorted()).toEqual(['.gitignore', 'warehouse.duckdb']);
  });

  it('in memory reads the folders it was given', async () => {
    const file = place.write('x/a.csv', 'a\n1\n');
    const engine = await platform.openScratch([join(place.dir, 'x')]);
    await withSession(engine, 'interactive', async (session) => {
      expect(await session.rows(sql`FROM read_csv(${file})`)).toEqual([{ a: '1' }]);
    });
    await engine.close();
  });
});
