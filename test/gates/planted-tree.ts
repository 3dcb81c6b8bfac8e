import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const CONFIGS = [
  '.dependency-cruiser.cjs',
  'biome.json',
  'build',
  'knip.json',
  'package-lock.json',
  'playwright.config.ts',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
];
const ROOMS = ['shared', 'node', 'electron', 'renderer', 'test'];
/** What the small tree uses; knip would rightly call the rest unused. */
const PACKAGES = [
  '@biomejs/biome',
  '@duckdb/node-api',
  '@playwright/test',
  '@types/node',
  '@types/react',
  'electron-builder',
];
const MORE_PACKAGES = ['@vitejs/plugin-react', 'dependency-cruiser', 'react', 'typescript', 'vite', 'vitest'];

/** A tree every gate is content with: one file for each entry the real configs name. */
const CLEAN_FILES = {
  'shared/base/result.ts':
    '/** Adds one. */\nexport function addOne(value: number): number {\n  return value + 1;\n}\n',
  'node/engine/registry.ts':
    "import { DuckDBInstance } from '@duckdb/node-api';\n\nexport function openEngine(): Promise<DuckDBInstance> {\n  return DuckDBInstance.create(':memory:');\n}\n",
  'node/host/host.ts':
    "import { openEngine } from '../engine/registry';\n\nexport async function startHost(): Promise<void> {\n  await openEngine();\n}\n",
  'node/cli/teal.ts': [
    "import { addOne } from '../../shared/base/result';",
    '',
    "const [verb = ''] = process.argv.slice(2);",
    "if (verb === 'run') await (await import('../host/host')).startHost();",
    "if (verb === 'where') process.stdout.write(process.cwd());",
    "if (verb === 'fail') process.exitCode = addOne(2);",
    '',
  ].join('\n'),
  'electron/main/main.ts': "process.title = 'teal';\n",
  'electron/utility/utility.ts': "import { startHost } from '../../node/host/host';\n\nawait startHost();\n",
  'electron/preload/preload.ts':
    "import { addOne } from '../../shared/base/result';\n\ndocument.title = String(addOne(1));\n",
  'renderer/app/index.html':
    '<!doctype html>\n<html lang="en">\n  <head>\n    <title>Teal</title>\n  </head>\n  <body>\n    <script type="module" src="./main.tsx"></script>\n  </body>\n</html>\n',
  'test/browser/index.html':
    '<!doctype html>\n<title>Tests</title>\n<script type="module" src="./page.ts"></script>\n',
  'test/browser/page.ts': "document.title = 'Ready';\n",
  'renderer/app/web.html':
    '<!doctype html>\n<html lang="en">\n  <head>\n    <title>Teal</title>\n  </head>\n  <body>\n    <script type="module" src="./web.tsx"></script>\n  </body>\n</html>\n',
  'renderer/app/web.tsx':
    "import { Board } from '../features/board/board';\n\ndocument.title = Board.name;\n",
  'renderer/app/main.tsx':
    "import { Board } from '../features/board/board';\n\ndocument.title = Board.name;\n",
  'renderer/features/board/board.tsx':
    "import type { ReactNode } from 'react';\nimport { title } from './title';\n\nexport function Board(): ReactNode {\n  return <h1>{title}</h1>;\n}\n",
  'renderer/features/board/title.ts': "export const title = 'Board';\n",
  'test/unit/result.test.ts':
    "import { expect, test } from 'vitest';\nimport { addOne } from '../../shared/base/result';\n\ntest('adds one', () => {\n  expect(addOne(1)).toBe(2);\n});\n",
};

export interface PlantedTree {
  readonly root: string;
  /** Writes files, given by their paths in the tree. */
  plant(files: Readonly<Record<string, string>>): void;
  remove(path: string): void;
  /** Runs a script of build/ (or a program that build/tools.mjs knows) in the tree. */
  run(script: string, ...args: readonly string[]): { readonly code: number | null; readonly output: string };
}

const trees: string[] = [];

afterEach(() => {
  for (const root of trees.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** Makes a clean tree with the real gates and configs in a temporary folder, removed after the test. */
export async function createTree(): Promise<PlantedTree> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'teal-gate-')));
  trees.push(root);
  for (const path of CONFIGS) cpSync(join(packageRoot, path), join(root, path), { recursive: true });
  for (const room of ROOMS) {
    mkdirSync(join(root, room));
    cpSync(join(packageRoot, room, 'tsconfig.json'), join(root, room, 'tsconfig.json'));
  }
  symlinkSync(realpathSync(join(packageRoot, 'node_modules')), join(root, 'node_modules'), 'junction');
  const tree = openTree(root);
  tree.plant({ ...CLEAN_FILES, 'package.json': await trimmedManifest() });
  return tree;
}

function openTree(root: string): PlantedTree {
  return {
    root,
    plant(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    remove: (path) => rmSync(join(root, path), { recursive: true, force: true }),
    run(script, ...args) {
      const path = script.endsWith('.mjs') && !script.includes('/') ? `build/${script}` : script;
      const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
        cwd: root,
        encoding: 'utf8',
        env: plainEnvironment(),
      });
      return { code: status, output: `${stdout}${stderr}` };
    },
  };
}

/** The environment without what a test runner or npm adds to it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const added = /^(VITEST|npm_|INIT_CWD|NODE_ENV|TEAL_|NODE_OPTIONS|FORCE_COLOR)/;
  const kept = Object.entries(process.env).filter(([name]) => !added.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

async function trimmedManifest(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  const wanted = new Set([...PACKAGES, ...MORE_PACKAGES]);
  const trim = (packages: Record<string, string>) =>
    Object.fromEntries(Object.entries(packages).filter(([name]) => wanted.has(name)));
  const { dependencies, devDependencies, ...rest } = manifest;
  const trimmed = { ...rest, dependencies: trim(dependencies), devDependencies: trim(devDependencies) };
  return `${JSON.stringify(trimmed, null, 2)}\n`;
}
