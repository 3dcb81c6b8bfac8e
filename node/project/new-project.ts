import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fault } from '../../shared/base/errors';
import { writeAtomic, writeFault } from './atomic-file';
import { startGit } from './git';
import { safeName } from './uploads';

export interface NewProject {
  readonly template: 'sushi' | 'blank';
  /** the folder to make; by default a free name below `~/Teal` */
  readonly dir: string | undefined;
  readonly name: string | undefined;
  readonly exampleDir: string;
}

const leftOut = new Set(['.teal', '.git', '.cache', 'logs', 'node_modules']);

/** Makes a folder from a template and puts it under Git; gives its path. A folder with something in it is a `project.exists` fault. */
export async function createProject(project: NewProject): Promise<string> {
  const dir = project.dir === undefined ? freeFolder(project.name ?? project.template) : resolve(project.dir);
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
  await cp(from, dir, { recursive: true, filter: (path) => !leftOut.has(basename(path)) });
}

async function nameProject(dir: string, name: string): Promise<void> {
  const index = join(dir, 'docs', 'index.md');
  const text = await readFile(index, 'utf8').catch(() => '');
  const heading = `# ${name.replace(/\s+/g, ' ').trim()}`;
  await writeAtomic(
    index,
    /^#\s.*$/m.test(text) ? text.replace(/^#\s.*$/m, () => heading) : `${heading}\n${text}`,
  );
}

function freeFolder(name: string): string {
  const base = join(homedir(), 'Teal', safeName(name));
  for (let count = 1; ; count += 1) {
    const dir = count === 1 ? base : `${base}-${count}`;
    if (!existsSync(dir)) return dir;
  }
}

/** The sample projects beside this program: in the source tree, below `dist/`, or unpacked beside an archive. */
export function findExamples(from = import.meta.url): string {
  const start = dirname(fileURLToPath(from)).replace(/\.asar(?=[/\\]|$)/, '.asar.unpacked');
  for (let dir = start; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'examples', 'blank', 'config.yaml'))) return join(dir, 'examples');
  }
  return join(start, 'examples');
}
