import { fault } from '../../shared/base/errors';
import { firstFree, safeName, titled } from '../../shared/project/folder-rules';
import type { Tree } from './tree';

export const PROJECTS = '/projects';

/** The files of each template, as the build wrote them down. */
type Manifest = Readonly<Record<string, readonly string[]>>;

export interface NewProject {
  readonly template: string;
  readonly dir: string | undefined;
  readonly name: string | undefined;
}

const AT_ONCE = 12;

/** Makes a project of a template of this page; gives its folder. `base` is the page's address. */
export async function createProject(tree: Tree, base: string, project: NewProject): Promise<string> {
  const { template, name } = project;
  const dir = project.dir ?? (await freeProject(tree, name ?? template));
  if ((await tree.list(dir)).length > 0)
    throw fault('project.exists', `${dir} is already in use.`, {
      kept: 'Nothing was changed there.',
      remedy: 'Choose a new name.',
    });
  const files = (await fetchManifest(base))[template] ?? [];
  try {
    await copyAll(tree, files, (path) => ({
      from: new URL(`templates/${template}/${path}`, base).href,
      to: `${dir}/${path}`,
    }));
    if (name !== undefined) await nameProject(tree, dir, name);
  } catch (thrown) {
    await tree.remove(dir);
    throw thrown;
  }
  return dir;
}

/** A folder of this name, or of the first number after it, that is not in use. */
export async function freeProject(tree: Tree, name: string): Promise<string> {
  const taken = new Set((await tree.list(PROJECTS)).map((entry) => entry.name));
  return `${PROJECTS}/${await firstFree(safeName(name), '', (candidate) => !taken.has(candidate))}`;
}

async function nameProject(tree: Tree, dir: string, name: string): Promise<void> {
  const index = `${dir}/docs/index.md`;
  await tree.write(index, titled((await tree.text(index)) ?? '', name));
}

async function fetchManifest(base: string): Promise<Manifest> {
  return (await (await fetchFile(new URL('templates/manifest.json', base).href)).json()) as Manifest;
}

async function copyAll(
  tree: Tree,
  paths: readonly string[],
  place: (path: string) => { from: string; to: string },
): Promise<void> {
  const left = [...paths];
  const copyNext = async (): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      const { from, to } = place(path);
      await tree.write(to, await (await fetchFile(from)).blob());
    }
  };
  // All have ended before a failure is told: what was written is then cleared away.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, copyNext));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url).catch((thrown: unknown) => {
    throw missing(url, String(thrown));
  });
  if (!response.ok) throw missing(url, `answered ${response.status}`);
  return response;
}

function missing(url: string, cause: string) {
  return fault('project.not_found', 'A file of the template could not be loaded.', {
    place: { file: new URL(url).pathname },
    kept: 'No project was made.',
    remedy: 'Go online once, so that the whole page is loaded, then try again.',
    cause,
  });
}
