import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fault } from '../../shared/base/errors';
import type { Engine } from '../../shared/engine/contract';
import { CONFIG_FILES } from '../../shared/project/folder-rules';
import type { Platform, ProjectFolder } from '../../shared/service/platform';
import { createUploads } from '../../shared/service/uploads';
import { makeOwnFolder } from './keep-file';
import { createProject, findExamples } from './new-project';
import { openProjectFolder } from './project-folder';
import { readRecents, rememberRecent, stateFolder } from './state-folder';
import { createUploadFolder } from './uploads';

/** What is needed to open an engine; `openNativeEngine` is one that takes it. */
interface EngineRequest {
  /** a file, or `:memory:` */
  readonly path: string;
  readonly allowedDirectories: readonly string[];
  readonly tempDirectory?: string;
  readonly opening?: () => void;
}

export interface NodePlatformOptions {
  readonly version: string;
  /** names the program's code; without it nothing is cached in projects */
  readonly build?: string;
  /** `command line`, `browser on the server`, `desktop` */
  readonly way: string;
  readonly openEngine: (request: EngineRequest) => Promise<Engine>;
  readonly exampleDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly now?: () => number;
}

/** The platform of a program that runs on Node. */
export function createNodePlatform(options: NodePlatformOptions): Platform {
  const state = stateFolder(options.env ?? process.env);
  const now = options.now ?? Date.now;
  const exampleDir = options.exampleDir ?? findExamples();
  const uploads = createUploads(createUploadFolder(join(state, 'uploads'), now));
  let user: string | undefined;
  return {
    version: options.version,
    way: options.way,
    runtime: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    exampleDir,
    now,
    env: (name) => process.env[name],
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    user: () => {
      user ??= userName();
      return user;
    },
    randomId: () => randomUUID().replaceAll('-', '').slice(0, 12),
    openFolder: (dir) => openProjectFolder(dir, options.build ? { build: options.build, state } : undefined),
    openEngine: (folder, given) => openWarehouse(folder, options.openEngine, given?.opening),
    openScratch: (directories) => options.openEngine({ path: ':memory:', allowedDirectories: directories }),
    createProject: (template, dir, name) => createProject({ template, dir, name, exampleDir }),
    listFolders: (dir) => listFolders(dir ?? homedir()),
    recents: () => readRecents(state),
    remember: (entry) => rememberRecent(state, entry),
    beginUpload: (name, bytes, ahead) => uploads.begin(name, bytes, ahead),
    writeUpload: (upload, offset, data) => uploads.write(upload, offset, data),
    uploadPath: (upload) => uploads.path(upload),
  };
}

async function openWarehouse(
  folder: ProjectFolder,
  openEngine: NodePlatformOptions['openEngine'],
  opening: (() => void) | undefined,
): Promise<Engine> {
  const path = join(await makeOwnFolder(folder.dir), 'warehouse.duckdb');
  const tempDirectory = `${path}.tmp`;
  const request = { path, allowedDirectories: [folder.dir, tempDirectory], tempDirectory };
  return openEngine(opening ? { ...request, opening } : request);
}

/** Folders below a folder, without hidden ones; `project` where it holds a config.yaml. */
async function listFolders(path: string): ReturnType<Platform['listFolders']> {
  const dir = await realpath(path).catch(() => null);
  const entries = dir === null ? null : await readdir(dir, { withFileTypes: true }).catch(() => null);
  if (dir === null || entries === null) {
    throw fault('project.not_found', `${path} is no folder that can be looked into.`, {
      remedy: 'Choose another folder.',
    });
  }
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  const folders = names
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .map((name) => {
      const below = join(dir, name);
      return {
        name,
        dir: below,
        project: CONFIG_FILES.some((file) => existsSync(join(below, file))),
      };
    });
  return { dir, parent: dirname(dir) === dir ? null : dirname(dir), folders };
}

// Without Git, or a name in it, the name of the account does.
function userName(): string {
  return gitUser() || userInfo().username;
}

function gitUser(): string {
  try {
    const name = execFileSync('git', ['config', '--global', 'user.name'], {
      encoding: 'utf8',
      timeout: 3000,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    return name.trim();
  } catch {
    return '';
  }
}
