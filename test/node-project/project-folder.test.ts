import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProjectFolder } from '../../node/project/project-folder';
import type { ProjectFolder } from '../../shared/service/platform';
import { git, problemOf, scratch } from './support';

let place: ReturnType<typeof scratch>;
let folder: ProjectFolder;
beforeEach(async () => {
  place = scratch();
  place.write('config.yaml', 'project: p\n');
  folder = await openProjectFolder(place.dir);
});
afterEach(() => place.remove());

describe('a project folder', () => {
  it('reads its text files and no others', async () => {
    place.write('models/a/b.sql', 'SELECT 1');
    place.write('sources/x.yaml', '\uFEFFname: x\n');
    place.write('models/picture.png', 'x');
    place.write('raw/data.csv', 'a\n');
    place.write('.teal/models/x.sql', 'no');
    place.write('models/node_modules/y.sql', 'no');
    symlinkSync('/etc/passwd', join(place.dir, 'models/secret.sql'));
    expect([...(await folder.readText())]).toEqual([
      ['config.yaml', 'project: p\n'],
      ['models/a/b.sql', 'SELECT 1'],
      ['sources/x.yaml', 'name: x\n'],
    ]);
  });

  it('reads all that a SQLMesh project keeps as text', async () => {
    const kept = [
      ...['audits/a.sql', 'config.py', 'external_models.yaml', 'external_models/b.yaml', 'linter/r.py'],
      ...['macros/m.py', 'macros/m.sql', 'materializations/x.py', 'models/p.py', 'schema.yaml'],
      ...['seeds/s.csv', 'signals/s.py', 'sqlmesh.yaml', 'tests/test_a.yaml', 'tests/data/x.csv'],
    ];
    for (const path of [...kept, '.cache/x.sql', 'logs/x.txt', 'db.duckdb', 'models/__pycache__/p.pyc'])
      place.write(path, 'x');
    expect([...(await folder.readText()).keys()]).toEqual(['config.yaml', ...kept].toSorted());
  });

  it('is not one that is missing, or a file', async () => {
    expect(await problemOf(() => openProjectFolder(join(place.dir, 'nothing')))).toMatchObject({
      code: 'project.not_found',
    });
    expect(await problemOf(() => openProjectFolder(join(place.dir, 'config.yaml')))).toMatchObject({
      code: 'project.not_found',
    });
  });

  it('writes and removes files, and leaves nothing else', async () => {
    await folder.writeText('models/new/a.sql', 'SELECT 1');
    await folder.writeText('models/new/a.sql', 'SELECT 2');
    expect(readFileSync(join(place.dir, 'models/new/a.sql'), 'utf8')).toBe('SELECT 2');
    expect(readdirSync(join(place.dir, 'models/new'))).toEqual(['a.sql']);
    await folder.remove('models/new/a.sql');
    await folder.remove('models/new/a.sql');
    expect(readdirSync(join(place.dir, 'models/new'))).toEqual([]);
  });

  it('keeps the old file where the new one cannot be written', async () => {
    mkdirSync(join(place.dir, 'models/dir.sql/below'), { recursive: true });
    const problem = await problemOf(() => folder.writeText('models/dir.sql', 'x'));
    expect(problem).toMatchObject({
      code: 'project.write_failed',
      kept: 'What was there before is untouched.',
    });
    expect(readdirSync(join(place.dir, 'models'))).toEqual(['dir.sql']);
    expect(await problemOf(() => folder.writeText('config.yaml/x', 'x'))).toMatchObject({
      code: 'project.write_failed',
    });
  });

  it('lets nothing lead out of it', async () => {
    const outside = scratch();
    outside.write('secret.txt', 'secret');
    symlinkSync(outside.dir, join(place.dir, 'out'));
    symlinkSync(join(outside.dir, 'new.txt'), join(place.dir, 'dangling'));
    for (const path of [
      '../x',
      'a/../../x',
      join(outside.dir, 'secret.txt'),
      'out/secret.txt',
      'out/new.txt',
      'a\0b',
    ]) {
      expect(await problemOf(() => folder.resolve(path))).toMatchObject({ code: 'engine.denied' });
      expect(await problemOf(() => folder.writeText(path, 'x'))).toMatchObject({ code: 'engine.denied' });
    }
    await folder.writeText('dangling', 'own');
    expect(lstatSync(join(place.dir, 'dangling')).isSymbolicLink()).toBe(false);
    expect(existsSync(join(outside.dir, 'new.txt'))).toBe(false);
    expect(folder.resolve('a/../b')).toBe(join(place.dir, 'b'));
    expect(await problemOf(() => folder.match(['out/*']))).toBeTruthy();
    expect(await problemOf(() => folder.verify('../../etc/passwd'))).toMatchObject({ code: 'engine.denied' });
    outside.remove();
  });

  it('finds files by patterns', async () => {
    for (const path of [
      'raw/a.csv',
      'raw/b.csv',
      'raw/deep/c.csv',
      'raw/deep/er/d.csv',
      'raw/x[1].csv',
      '.teal/raw/z.csv',
      'top.csv',
    ])
      place.write(path, 'x');
    const match = async (...patterns: string[]) =>
      (await folder.match(patterns)).map((path) => path.slice(place.dir.length + 1));
    expect(await match('raw/*.csv')).toEqual(['raw/a.csv', 'raw/b.csv', 'raw/x[1].csv']);
    expect(await match('raw/**/*.csv')).toEqual([
      'raw/a.csv',
      'raw/b.csv',
      'raw/deep/c.csv',
      'raw/deep/er/d.csv',
      'raw/x[1].csv',
    ]);
    expect(await match('**/c.csv', './raw/?.csv')).toEqual(['raw/a.csv', 'raw/b.csv', 'raw/deep/c.csv']);
    expect(await match('**')).toContain('top.csv');
    expect(await match('raw\\a.csv', 'raw/a.csv')).toEqual(['raw/a.csv']);
    expect(await match('raw/x[1].csv')).toEqual(['raw/x[1].csv']);
    for (const pattern of ['raw/none.csv', 'raw/*.parquet', 'none/*', 'raw/deep']) {
      expect(await problemOf(() => folder.match([pattern]))).toMatchObject({
        code: 'source.file_missing',
        place: { file: pattern },
      });
    }
  });

  it('knows its free space', async () => {
    expect(await folder.freeBytes()).toBeGreaterThan(0);
  });
});

describe('git of a project', () => {
  it('is none outside of a repository', async () => {
    expect(await folder.git()).toBeNull();
  });

  it('is the branch, commit and number of changed files', async () => {
    git(place.dir, 'init', '-q', '-b', 'fix-discount');
    expect(await folder.git()).toEqual({ branch: 'fix-discount', commit: '', changedFiles: 1 });
    git(place.dir, 'add', '.');
    git(place.dir, 'commit', '-q', '-m', 'first');
    place.write('models/a.sql', 'x');
    const commit = git(place.dir, 'rev-parse', '--short', 'HEAD').trim();
    expect(await folder.git()).toEqual({ branch: 'fix-discount', commit, changedFiles: 1 });
    git(place.dir, 'checkout', '-q', '--detach');
    expect(await folder.git()).toMatchObject({ branch: '(detached)' });
  });

  it('runs no program that a stranger put into the repository', async () => {
    git(place.dir, 'init', '-q');
    git(place.dir, 'add', '.');
    git(place.dir, 'commit', '-q', '-m', 'first');
    const trace = join(place.dir, 'ran');
    const program = place.write('.git/evil.sh', `#!/bin/sh\ntouch ${trace}\ncat\n`);
    git(place.dir, 'config', 'core.fsmonitor', `sh ${program}`);
    git(place.dir, 'config', 'filter.evil.clean', `sh ${program}`);
    writeFileSync(join(place.dir, '.gitattributes'), '* filter=evil\n');
    writeFileSync(join(place.dir, 'config.yaml'), 'project: q\n');
    expect(await folder.git()).toMatchObject({ changedFiles: 0 });
    expect(existsSync(trace)).toBe(false);
  });
});
