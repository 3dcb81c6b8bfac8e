import { fault } from '../../shared/base/errors';
import { firstFree, safeName, titled } from '../../shared/project/folder-rules';
import type { Tree } from './tree';

export const PROJECTS = '/projects';

/** The files of each template, in the order in which they lie in its one file. */
type Manifest = Readonly<Record<string, readonly { readonly path: string; readonly bytes: number }[]>>;

export interface NewProject {
  readonly template: string;
  readonly dir: string | undefined;
  readonly name: string | undefined;
}

const AT_ONCE = 8;

/** Makes a project of a template of this page; gives its folder. `base` is the page's address. */
export async function createProject(tree: Tree, base: string, project: NewProject): Promise<string> {
  const { template, name } = project;
  const dir = project.dir ?? (await freeProject(tree, name ?? template));
  if ((await tree.list(dir)).length > 0)
    throw fault('project.exists', `${dir} is already in use.`, {
      kept: 'Nothing was changed there.',
      remedy: 'Choose a new name.',
    });
  const pieces = await fetchTemplate(base, template);
  try {
    await writeAll(tree, dir, pieces);
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

/** The files of a template by their paths. */
async function fetchTemplate(base: string, template: string): Promise<readonly (readonly [string, Blob])[]> {
  const [manifest, whole] = await Promise.all([
    fetchFile(new URL('templates/manifest.json', base).href).then((answer) => answer.json()),
    fetchFile(new URL(`templates/${template}.bin`, base).href).then((answer) => answer.blob()),
  ]);
  let at = 0;
  return ((manifest as Manifest)[template] ?? []).map(({ path, bytes }) => {
    at += bytes;
    return [path, whole.slice(at - bytes, at)];
  });
}

async function writeAll(tree: Tree, dir: string, files: readonly (readonly [string, Blob])[]): Promise<void> {
  const left = [...files];
  const writeNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) await tree.write(`${dir}/${next[0]}`, next[1]);
  };
  // All have ended before a failure is told: what was written is then cleared away.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, writeNext));
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
