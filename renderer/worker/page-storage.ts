import { fault } from '../../shared/base/errors';
import { isSkippedFolder } from '../../shared/project/path-pattern';
import type { ProjectStorage } from '../../shared/service/platform';
import { packProject } from './pack';
import type { ProjectLocks } from './project-locks';
import { readRoom, watchRoom } from './room';
import { freeProject, PROJECTS } from './templates';
import { filesBelow, type Tree } from './tree';
import { unpackProject } from './unpack';

/** The projects in the browser's storage: what they take, and the ways in and out. */
export function createPageStorage(
  tree: Tree,
  locks: ProjectLocks,
  isOpenHere: (dir: string) => boolean,
): ProjectStorage {
  const refuseElsewhere = async (dir: string): Promise<void> => {
    if (isOpenHere(dir) || !(await locks.held()).has(dir)) return;
    throw fault('engine.locked', 'This project is open in another tab of this browser.', {
      kept: 'Nothing was removed.',
      remedy: 'Close it there first.',
    });
  };
  return {
    async read() {
      const [room, persisted, held] = await Promise.all([
        readRoom(tree),
        navigator.storage.persisted(),
        locks.held(),
      ]);
      const names = (await tree.list(PROJECTS)).filter(({ isFolder }) => isFolder);
      const projects = await Promise.all(
        names.map(async ({ name }) => {
          const dir = `${PROJECTS}/${name}`;
          return { dir, name, ...(await sizesOf(tree, dir)), elsewhere: held.has(dir) && !isOpenHere(dir) };
        }),
      );
      return { ...room, persisted, projects };
    },
    async remove(dir) {
      await refuseElsewhere(dir);
      await tree.remove(checkedProject(dir));
    },
    pack: (dir, warehouse, signal) => packProject(tree, { dir: checkedProject(dir), warehouse }, signal),
    async unpack(zip, name, signal) {
      const wanted = name ?? zip.replace(/^.*\//, '').replace(/\.zip$/i, '');
      const dir = await freeProject(tree, wanted);
      try {
        await unpackProject(tree, { zip, dir }, signal);
        return dir;
      } catch (thrown) {
        await tree.remove(dir);
        throw thrown;
      } finally {
        await tree.remove(zip);
      }
    },
    watch: (changed) => watchRoom(tree, changed),
  };
}

function checkedProject(dir: string): string {
  const name = dir.slice(PROJECTS.length + 1);
  if (dir === `${PROJECTS}/${name}` && name !== '' && !/[/\\]|^\.{1,2}$/.test(name)) return dir;
  throw fault('project.not_found', `There is no project ${dir} in this browser.`, {
    kept: 'Nothing was changed.',
  });
}

async function sizesOf(tree: Tree, dir: string): Promise<{ bytes: number; warehouseBytes: number }> {
  const files = await filesBelow(tree, dir);
  const sizes = await Promise.all(
    files.map(async (path) => ({ path, size: (await tree.file(path))?.size ?? 0 })),
  );
  const sum = (of: typeof sizes) => of.reduce((total, { size }) => total + size, 0);
  return {
    bytes: sum(sizes),
    warehouseBytes: sum(sizes.filter(({ path }) => isWarehouse(path.slice(dir.length + 1)))),
  };
}

/** Whether a file, by its path in the project, belongs to the warehouse. */
function isWarehouse(path: string): boolean {
  return path.split('/').some(isSkippedFolder);
}
