import { describe, expect, test } from 'vitest';
import { createTree } from './planted-tree';

const KNIP = 'node_modules/knip/bin/knip.js';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';

describe('dead code', () => {
  test('unused files, exports and packages are found', async () => {
    const tree = await createTree();
    tree.plant({
      'shared/sql/alone.ts': 'export const alone = 1;\n',
      'renderer/features/board/title.ts': "export const title = 'Board';\nexport const unread = 2;\n",
    });
    tree.remove('renderer/features/board/board.tsx');
    tree.plant({
      'renderer/features/board/board.tsx':
        "import { title } from './title';\n\nexport function Board(): string {\n  return title;\n}\n",
    });
    const { code, output } = tree.run(KNIP);
    expect(output).toMatch(/Unused files \(1\)\s+shared\/sql\/alone\.ts/);
    expect(output).toMatch(/Unused exports \(1\)\s+unread/);
    expect(output).toMatch(/Unused devDependencies \(2\)/);
    expect(code).toBe(1);
  });

  test('a clean tree passes', async () => {
    const tree = await createTree();
    const { code, output } = tree.run(KNIP, '--no-config-hints');
    expect(output).toBe('');
    expect(code).toBe(0);
  });
});

describe('lint', () => {
  const PLANTS: readonly (readonly [string, string, string, string])[] = [
    ['any', 'shared/sql/a.ts', 'export const a = (b: any): number => b.c;\n', 'noExplicitAny'],
    [
      'a bang',
      'shared/sql/a.ts',
      'export const a = (b: { c?: { d: number } }): number => b.c!.d;\n',
      'noNonNullAssertion',
    ],
    ['a default export', 'shared/sql/a.ts', 'export default 1;\n', 'noDefaultExport'],
    ['a name that is not kebab-case', 'shared/sql/aB.ts', 'export const a = 1;\n', 'useFilenamingConvention'],
    [
      'an unused import',
      'shared/sql/a.ts',
      "import { b } from './b';\n\nexport const a = 1;\n",
      'noUnusedImports',
    ],
    ['an empty catch', 'shared/sql/a.ts', 'try {\n  globalThis.x();\n} catch {}\n', 'noEmptyBlockStatements'],
    [
      'an image without text',
      'renderer/ui/a.tsx',
      'export const A = () => <img src="a.png" />;\n',
      'useAltText',
    ],
    [
      'a style twice',
      'renderer/ui/a.css',
      '.a {\n  color: red;\n  color: blue;\n}\n',
      'noDuplicateProperties',
    ],
    ['a wrong format', 'shared/sql/a.ts', 'export  const a = "1"\n', 'format'],
  ];

  test.each(PLANTS)('%s is found', async (_name, path, text, rule) => {
    const tree = await createTree();
    tree.plant({ [path]: text });
    const { code, output } = tree.run(BIOME, 'check', '--error-on-warnings', '.');
    expect(output).toContain(rule);
    expect(code).toBe(1);
  });

  test('a switch that forgets a case is found', async () => {
    const tree = await createTree();
    tree.plant({
      'shared/sql/a.ts':
        "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break;\n  }\n}\n",
    });
    const { code, output } = tree.run(BIOME, 'check', '--error-on-warnings', '.');
    expect(output).toContain('useExhaustiveSwitchCases');
    expect(code).toBe(1);
  });

  test('a clean tree passes', async () => {
    const tree = await createTree();
    const { code, output } = tree.run(BIOME, 'check', '--error-on-warnings', '.');
    expect(output).toMatch(/Checked \d\d+ files/);
    expect(code).toBe(0);
  });
});

describe('types', () => {
  const PLANTS: readonly (readonly [string, string, string, RegExp])[] = [
    ['a wrong type', 'shared/sql/a.ts', "export const a: number = '1';\n", /TS2322/],
    [
      'Node in shared',
      'shared/sql/a.ts',
      'export const a = process.pid;\n',
      /Cannot find name 'process'|TS2580|TS2591/,
    ],
    [
      'the DOM in shared',
      'shared/sql/a.ts',
      'export const a = document.title;\n',
      /Cannot find name 'document'|TS2584/,
    ],
    ['an unchecked index', 'node/host/a.ts', 'export const a = (b: number[]): number => b[0];\n', /TS2322/],
  ];

  test.each(PLANTS)('%s is found', async (_name, path, text, message) => {
    const tree = await createTree();
    tree.plant({ [path]: text });
    const { code, output } = tree.run('types.mjs');
    expect(output).toMatch(message);
    expect(code).not.toBe(0);
  });

  test('a clean tree passes', async () => {
    const tree = await createTree();
    const { code, output } = tree.run('types.mjs');
    expect(output).toMatch(/^\d+ files in the rooms\n$/);
    expect(code).toBe(0);
  });

  test('no files is a failure', async () => {
    const tree = await createTree();
    for (const path of ['shared/base', 'node/cli', 'node/host', 'node/engine', 'electron/main'])
      tree.remove(path);
    for (const path of ['electron/utility', 'electron/preload', 'renderer/app', 'renderer/features'])
      tree.remove(path);
    tree.remove('test/unit');
    const { code, output } = tree.run('types.mjs');
    expect(output).toContain('no files were examined');
    expect(code).toBe(1);
  });
});
