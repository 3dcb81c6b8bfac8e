import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProjectFolder } from '../../node/project/project-folder';
import type { ProjectFolder } from '../../shared/service/platform';
import { scratch } from './support';

let place: ReturnType<typeof scratch>;
let folder: ProjectFolder;
let changes = 0;
let end: () => void;
beforeEach(async () => {
  place = scratch();
  place.write('models/a.sql', 'SELECT 1');
  place.write('models/deep/b.sql', 'SELECT 1');
  folder = await openProjectFolder(place.dir);
  changes = 0;
  end = folder.watch(() => {
    changes += 1;
  });
});
afterEach(() => {
  end();
  place.remove();
});

const settled = (count: number) =>
  vi.waitFor(() => expect(changes).toBeGreaterThanOrEqual(count), { timeout: 5000, interval: 10 });

// A change of a marker file is seen after all changes before it; then the counter is read.
async function quiet(): Promise<void> {
  const before = changes;
  writeFileSync(join(place.dir, 'models/marker.sql'), String(Math.random()));
  await settled(before + 1);
}

describe('a watched folder', () => {
  it.each([
    ['a file changes', () => writeFileSync(join(place.dir, 'models/a.sql'), 'SELECT 2')],
    ['a file is made', () => writeFileSync(join(place.dir, 'models/new.sql'), 'SELECT 2')],
    ['a file goes', () => rmSync(join(place.dir, 'models/a.sql'))],
    ['a file moves', () => renameSync(join(place.dir, 'models/a.sql'), join(place.dir, 'models/c.sql'))],
    ['a file below changes', () => writeFileSync(join(place.dir, 'models/deep/b.sql'), 'SELECT 2')],
    ['a folder is made with a file in it', () => place.write('sources/x/y.yaml', 'name: y\n')],
  ])('tells when %s', async (_, change) => {
    change();
    await settled(1);
  });

  it('tells of many changes at once', async () => {
    for (let index = 0; index < 50; index += 1) place.write(`models/m${index}.sql`, 'SELECT 1');
    await settled(1);
    await quiet();
    expect(changes).toBeLessThan(5);
  });

  it('does not tell of own writes, nor of what is no part of the project', async () => {
    await folder.writeText('models/own.sql', 'SELECT 1');
    await folder.writeText('models/a.sql', 'SELECT 3');
    await folder.remove('models/deep/b.sql');
    mkdirSync(join(place.dir, '.teal'), { recursive: true });
    place.write('.teal/x', 'x');
    place.write('node_modules/x/y.js', 'x');
    await quiet();
    expect(changes).toBe(1);
  });

  it('tells when an own file is changed by another', async () => {
    await folder.writeText('models/a.sql', 'SELECT 3');
    await quiet();
    writeFileSync(join(place.dir, 'models/a.sql'), 'SELECT 44');
    await settled(2);
  });
});
