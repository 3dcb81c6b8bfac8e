import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fault } from '../../shared/base/errors';
import { firstFree, isInTemplate, safeName, titled } from '../../shared/project/folder-rules';
import { writeAtomic, writeFault } from './atomic-file';
import { startGit } from './git';

export interface NewProject {
  readonly template: 'sushi' | 'blank';
  /** the folder to make; by default a free name below `~/Teal` */
  readonly dir: string | undefined;
  readonly name: string | undefined;
  readonly exampleDir: string;
}

/** Makes a folder from a template and puts it under Git; gives its path. A folder with something in it is a `project.exists` fault. */
export async function createProject(project: NewProject): Promise<string> {
  const dir =
    project.dir === undefined ? await freeFolder(project.name ?? project.template) : resolve(project.dir);
  const entries = await readdir(dir).catch(() => null);
  if ((entries ?? []).length > 0 || (entries === null && existsSync(dir))) {
    throw fault('project.exists', `${dir} is already in use.`, {
      kept: 'Nothing was changed there.',
      remedy: 'Choose an empty folder or a new name.',
    });
  }
  try {
    await copyTemplate(join(project.exampleDir, project.template), dir);
    if (project.name !== undefined) await nameProject(dir, project.name);
  } catch (thrown) {
    await rm(dir, { recursive: true, force: true });
    if (entries !== null) await mkdir(dir);
    throw writeFault(thrown, dir);
  }
  await startGit(dir);
  return dir;
}

async function copyTemplate(from: string, dir: string): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  await cp(from, dir, { recursive: true, filter: (path) => isInTemplate(basename(path)) });
}

async function nameProject(dir: string, name: string): Promise<void> {
  const index = join(dir, 'docs', 'index.md');
  const text = await readFile(index, 'utf8').catch(() => '');
  await writeAtomic(index, titled(text, name));
}

function freeFolder(name: string): Promise<string> {
  return firstFree(join(homedir(), 'Teal', safeName(name)), '', (dir) => !existsSync(dir));
}

/** The sample projects beside this program: in the source tree, below `dist/`, or unpacked beside an archive. */
export function findExamples(from = import.meta.url): string {
  const start = dirname(fileURLToPath(from)).replace(/\.asar(?=[/\\]|$)/, '.asar.unpacked');
  for (let dir = start; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'examples', 'blank', 'config.yaml'))) return join(dir, 'examples');
  }
  return join(start, 'examples');
}
