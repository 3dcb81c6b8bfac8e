import { expect, test } from 'vitest';
import { createTree } from './planted-tree';

const value = "import { addOne } from '../../shared/base/result';\n\nexport const two = addOne(1);\n";

const PLANTS: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'a cycle, even of types',
    {
      'shared/base/a.ts': "import type { B } from './b';\n\nexport type A = { readonly b?: B };\n",
      'shared/base/b.ts': "import type { A } from './a';\n\nexport type B = { readonly a?: A };\n",
    },
    /no-cycle: shared\/base\/a\.ts -> shared\/base\/b\.ts -> shared\/base\/a\.ts/,
  ],
  [
    'base reaching up',
    { 'shared/base/up.ts': "import '../sql/quote';\n", 'shared/sql/quote.ts': value },
    /layer-shared-base/,
  ],
  [
    'shared reaching for Node',
    { 'shared/plan/io.ts': "import 'node:fs';\n" },
    /builtin-shared-plan: shared\/plan\/io\.ts -> (node:)?fs/,
  ],
  ['shared importing an unlisted package', { 'shared/plan/ui.ts': "import 'react';\n" }, /npm-shared-plan/],
  ['base importing any package', { 'shared/base/shape.ts': "import 'zod';\n" }, /npm-shared-base/],
  ['the window reaching for Node', { 'renderer/ui/io.ts': "import 'node:fs';\n" }, /builtin-renderer-ui/],
  [
    'the window reaching for node/',
    { 'renderer/store/host.ts': "import '../../node/host/host';\n" },
    /layer-renderer-store/,
  ],
  [
    'a feature reaching for the service',
    {
      'shared/service/all.ts': value,
      'renderer/features/board/all.ts': "import '../../../shared/service/all';\n",
    },
    /layer-renderer-features/,
  ],
  [
    "a feature reaching into another's private file",
    { 'renderer/features/other/other.tsx': "import '../board/title';\n" },
    /feature-public-file: renderer\/features\/other\/other\.tsx -> renderer\/features\/board\/title\.ts/,
  ],
  [
    'the engine outside node/engine',
    { 'node/host/raw.ts': "import '@duckdb/node-api';\n" },
    /only-in-duckdb-node-api/,
  ],
  [
    'Electron outside electron/',
    { 'node/host/window.ts': "import { app } from 'electron';\n\napp.quit();\n" },
    /only-in-electron/,
  ],
  [
    'the server reaching past the host for the engine',
    { 'node/server/raw.ts': "import '../engine/registry';\n" },
    /layer-node-server/,
  ],
  ['a room that no table knows', { 'shared/misc/x.ts': value }, /unknown-room/],
  [
    'product code importing a test',
    { 'node/host/peek.ts': "import '../../test/unit/result.test';\n" },
    /no-test-import/,
  ],
  ['an import that leads nowhere', { 'node/host/lost.ts': "import './nowhere';\n" }, /unresolved/],
  [
    'a value where only types may pass',
    {
      'shared/release/swap.ts': value.replace('../../shared/', '../'),
      'shared/plan/stages.ts': "import { two } from '../release/swap';\n\nexport const four = two * 2;\n",
    },
    /types-only-shared-plan: shared\/plan\/stages\.ts -> shared\/release\/swap\.ts/,
  ],
];

test.each(PLANTS)('layers: %s is found', async (_name, files, message) => {
  const tree = await createTree();
  tree.plant(files);
  const { code, output } = tree.run('layers.mjs');
  expect(output).toMatch(message);
  expect(code).toBe(1);
});

test('layers: a clean tree passes, with a type where types may pass and a ?url import', async () => {
  const tree = await createTree();
  tree.plant({
    'shared/release/swap.ts': 'export interface Swap {\n  readonly name: string;\n}\n',
    'shared/plan/stages.ts': "import type { Swap } from '../release/swap';\n\nexport type Stage = Swap;\n",
    'renderer/features/other/other.tsx':
      "import { Board } from '../board/board';\n\nexport const Other = Board;\n",
    'renderer/engine/wasm.ts': "export { default } from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';\n",
  });
  const { code, output } = tree.run('layers.mjs');
  expect(output).toMatch(/\d+ modules in the rooms, \d+ in all, 0 violations/);
  expect(code).toBe(0);
});

test('layers: no modules is a failure', async () => {
  const tree = await createTree();
  for (const room of ['shared', 'node', 'electron', 'renderer', 'test']) tree.remove(room);
  const { code, output } = tree.run('layers.mjs');
  expect(output).toContain('no modules were examined');
  expect(code).toBe(1);
});
