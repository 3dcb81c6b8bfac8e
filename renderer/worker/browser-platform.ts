import { fault } from '../../shared/base/errors';
import { sha256OfText } from '../../shared/base/sha256';
import type { Engine } from '../../shared/engine/contract';
import type { OpeningOptions, Platform, ProjectFolder, RecentEntry } from '../../shared/service/platform';
import { parseRecents, withRecent } from '../../shared/service/recents';
import { createUploads } from '../../shared/service/uploads';
import { openBrowserFolder } from './browser-folder';
import { createPageStorage } from './page-storage';
import type { ProjectLocks } from './project-locks';
import { hasRoom, readRoom } from './room';
import { createProject, PROJECTS } from './templates';
import type { Tree } from './tree';
import { createUploadFiles, isUpload } from './upload-files';

export interface BrowserPlatformOptions {
  readonly version: string;
  /** who is recorded with runs */
  user(): string;
  /** the page's address, from which templates are fetched */
  readonly base: string;
  readonly tree: Tree;
  readonly locks: ProjectLocks;
  readonly isOpenHere: (dir: string) => boolean;
  readonly openEngine: EngineOpener;
}

/** Opens a warehouse at a path of the storage, or `:memory:`, that may reach these folders. */
export type EngineOpener = (request: {
  readonly path: string;
  readonly allowedDirectories: readonly string[];
}) => Promise<Engine>;

const RECENTS = '/state/recents.json';

/** The platform of a page that has nothing but its browser. */
export function createBrowserPlatform(options: BrowserPlatformOptions): Platform {
  const { tree, locks } = options;
  const now = (): number => Date.now();
  const freeBytes = async (): Promise<number> => (await readRoom(tree)).freeBytes;
  const uploads = createUploads(createUploadFiles(tree, { hasRoom: (bytes) => hasRoom(tree, bytes), now }));
  return {
    version: options.version,
    way: 'static page',
    runtime: browserName(navigator.userAgent),
    exampleDir: new URL('templates', options.base).pathname,
    now,
    sha256: sha256OfText,
    user: options.user,
    randomId: () => crypto.randomUUID().replaceAll('-', '').slice(0, 12),
    openFolder: (dir) => openBrowserFolder({ tree, dir, isUpload, freeBytes }),
    openEngine: (folder, opening) => openWarehouse(options, folder, opening),
    openScratch: (directories) => options.openEngine({ path: ':memory:', allowedDirectories: directories }),
    createProject: (template, dir, name) => createProject(tree, options.base, { template, dir, name }),
    listFolders: (dir) => listFolders(tree, dir ?? PROJECTS),
    recents: () => readRecents(tree),
    remember: async (entry) => tree.write(RECENTS, JSON.stringify(withRecent(await entriesOf(tree), entry))),
    beginUpload: (name, bytes, ahead) => uploads.begin(name, bytes, ahead),
    writeUpload: (upload, offset, data) => uploads.write(upload, offset, data),
    uploadPath: (upload) => uploads.path(upload),
    storage: createPageStorage(tree, locks, options.isOpenHere),
  };
}

/** One tab has a warehouse: the lock is taken before the file is opened, and freed after it is closed. */
async function openWarehouse(
  { tree, locks, openEngine }: BrowserPlatformOptions,
  folder: ProjectFolder,
  opening: OpeningOptions = {},
): Promise<Engine> {
  const release = await locks.take(folder.dir, opening.takeOver ?? false);
  try {
    if ((await tree.file(`${folder.dir}/.teal/.gitignore`)) === null)
      await folder.writeText('.teal/.gitignore', '*\n');
    const path = `${folder.dir.slice(1)}/.teal/warehouse.duckdb`;
    return lockedEngine(await openEngine({ path, allowedDirectories: [folder.dir] }), release);
  } catch (thrown) {
    release();
    throw thrown;
  }
}

function lockedEngine(engine: Engine, release: () => void): Engine {
  return {
    get info() {
      return engine.info;
    },
    session: (lane, options) => engine.session(lane, options),
    usage: () => engine.usage(),
    checkpoint: () => engine.checkpoint(),
    close: () => engine.close().finally(release),
  };
}

async function listFolders(tree: Tree, dir: string): ReturnType<Platform['listFolders']> {
  if (dir !== PROJECTS)
    throw fault('project.not_found', `${dir} cannot be looked into.`, {
      remedy: 'Choose one of the projects.',
    });
  const names = (await tree.list(PROJECTS)).filter(({ isFolder }) => isFolder);
  const folders = await Promise.all(
    names.map(async ({ name }) => {
      const below = await tree.list(`${PROJECTS}/${name}`);
      const project = below.some((entry) => /^config\.ya?ml$/.test(entry.name));
      return { name, dir: `${PROJECTS}/${name}`, project };
    }),
  );
  return { dir: PROJECTS, parent: null, folders };
}

async function entriesOf(tree: Tree): Promise<readonly RecentEntry[]> {
  return parseRecents((await tree.text(RECENTS)) ?? '[]');
}

/** Those that were removed from the storage are not listed: they cannot come back. */
async function readRecents(tree: Tree): Promise<readonly RecentEntry[]> {
  const there = new Set((await tree.list(PROJECTS)).map(({ name }) => `${PROJECTS}/${name}`));
  return (await entriesOf(tree)).filter((entry) => there.has(entry.dir));
}

function browserName(agent: string): string {
  const known = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(agent);
  const name = { Edg: 'Edge', Version: 'Safari' }[known?.[1] ?? ''] ?? known?.[1] ?? 'A browser';
  return `${name} ${known?.[2] ?? ''}`.trim();
}
