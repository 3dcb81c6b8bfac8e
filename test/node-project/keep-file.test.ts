import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openProjectFolder } from '../../node/project/project-folder';
import type { ProjectFolder } from '../../shared/service/platform';
import { git, problemOf, scratch } from './support';

let place: ReturnType<typeof scratch>;
let other: ReturnType<typeof scratch>;
let folder: ProjectFolder;
beforeEach(async () => {
  place = scratch();
  other = scratch();
  folder = await openProjectFolder(place.dir);
});
afterEach(() => {
  place.remove();
  other.remove();
});

const limiter = 'prlimit';
const limitFiles = (bytes: string) =>
  spawnSync(limiter, ['--pid', String(process.pid), `--fsize=${bytes}:`]).status === 0;
const hash = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const all = () =>
  readdirSync(join(place.dir, '.teal/raw'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(place.dir, '.teal/raw', name)).isFile(),
  );

describe('a file that is kept', () => {
  it('lies by its hash under .teal/raw, and the original stays', async () => {
    const path = other.write('Data.CSV', 'a,b\n1,2\n');
    const before = statSync(path);
    const kept = await folder.keep(path);
    const sha256 = hash('a,b\n1,2\n');
    expect(kept).toEqual({ path, kept: `.teal/raw/${sha256.slice(0, 2)}/${sha256}.csv`, sha256, bytes: 8 });
    expect(readFileSync(join(place.dir, kept.kept), 'utf8')).toBe('a,b\n1,2\n');
    const after = statSync(path);
    expect([after.ino, after.mtimeMs, after.nlink, after.mode]).toEqual([
      before.ino,
      before.mtimeMs,
      1,
      before.mode,
    ]);
    expect(statSync(join(place.dir, kept.kept)).ino).not.toBe(before.ino);
    expect(await folder.verify(kept.kept)).toBe(sha256);
  });

  it('is named relative to the project where it comes from there', async () => {
    const path = place.write('raw/x.csv.gz', 'x');
    expect(await folder.keep(path)).toMatchObject({
      path: 'raw/x.csv.gz',
      kept: expect.stringMatching(/\.csv\.gz$/),
    });
  });

  it('is kept once, and Git does not see it', async () => {
    git(place.dir, 'init', '-q');
    const one = await folder.keep(other.write('a.csv', 'same'));
    const two = await folder.keep(other.write('b.csv', 'same'));
    expect(two.kept).toBe(one.kept);
    expect(all()).toHaveLength(1);
    expect(git(place.dir, 'status', '--porcelain')).toBe('');
  });

  it('does not change with its original, and tells when it was changed itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        async (content, more) => {
          const path = other.write('p.bin', content);
          const kept = await folder.keep(path);
          expect(readFileSync(path).equals(content)).toBe(true);
          writeFileSync(path, more, { flag: 'a' });
          expect(await folder.verify(kept.kept)).toBe(hash(content));
          const copy = join(place.dir, kept.kept);
          chmodSync(copy, 0o600);
          writeFileSync(copy, more, { flag: 'a' });
          expect(await folder.verify(kept.kept)).not.toBe(kept.sha256);
          const again = await folder.keep(other.write('q.bin', content));
          expect(await folder.verify(again.kept)).toBe(again.sha256);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('that is gone verifies as null', async () => {
    expect(await folder.verify('.teal/raw/aa/none.csv')).toBeNull();
  });

  it.each(['a folder', 'nothing', 'a device'])('cannot be %s', async (what) => {
    mkdirSync(join(other.dir, 'folder'));
    const path =
      { 'a folder': join(other.dir, 'folder'), nothing: join(other.dir, 'nothing'), 'a device': '/dev/zero' }[
        what
      ] ?? '';
    const problem = await problemOf(() => folder.keep(path));
    expect(problem).toMatchObject({ code: 'source.file_missing', place: { file: path } });
    expect(problem?.remedy).toBeTruthy();
  });

  it.skipIf(!limitFiles('unlimited'))(
    'leaves nothing behind where the disk has no room (skipped without prlimit)',
    async () => {
      const path = other.write('big.bin', Buffer.alloc(4_000_000, 7));
      limitFiles('1000000');
      onTestFinished(() => {
        limitFiles('unlimited');
      });
      const problem = await problemOf(() => folder.keep(path));
      limitFiles('unlimited');
      expect(problem).toMatchObject({
        code: 'engine.disk_full',
        kept: 'What was there before is untouched.',
      });
      expect(all()).toEqual([]);
      expect((await folder.keep(path)).bytes).toBe(4_000_000);
    },
  );

  it('leaves nothing behind when it is called off', async () => {
    const path = other.write('big.bin', Buffer.alloc(40_000_000, 7));
    const controller = new AbortController();
    const call = problemOf(() => folder.keep(path, controller.signal));
    controller.abort();
    expect(await problemOf(() => call)).toBeNull();
    expect(await call).toMatchObject({ code: 'cancelled' });
    expect(existsSync(join(place.dir, '.teal/raw')) ? all() : []).toEqual([]);
  });
});
