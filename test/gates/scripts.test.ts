import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTree } from './planted-tree';

describe('build', () => {
  test('every target is built once, and again when an input changed', async () => {
    const tree = await createTree();
    const first = tree.run('build.mjs');
    expect(first.output).toMatch(
      /built renderer.*\nbuilt node.*\nbuilt electron.*\nbuilt browser-tests.*\nbuilt web/,
    );
    for (const file of [
      'renderer/index.html',
      'node/teal.js',
      'electron/main.js',
      'electron/utility.js',
      'electron/preload.cjs',
      'web/index.html',
      'web/sw.js',
    ]) {
      expect(existsSync(join(tree.root, 'dist', file)), file).toBe(true);
    }
    expect(readFileSync(join(tree.root, 'dist/electron/preload.cjs'), 'utf8')).not.toMatch(/^import /m);
    expect(tree.run('build.mjs').output).toBe(
      'renderer is up to date\nnode is up to date\nelectron is up to date\nbrowser-tests is up to date\nweb is up to date\n',
    );
    tree.plant({ 'renderer/features/board/title.ts': "export const title = 'Changed';\n" });
    expect(tree.run('build.mjs').output).toMatch(
      /built renderer.*\nnode is up to date\nelectron is up to date\nbuilt browser-tests.*\nbuilt web/,
    );
  });

  test('a missing entry and an unknown target are said plainly', async () => {
    const tree = await createTree();
    tree.remove('node/cli');
    const missing = tree.run('build.mjs', 'node');
    expect(missing).toEqual({ code: 1, output: 'cannot build node: node/cli/teal.ts does not exist\n' });
    expect(tree.run('build.mjs', 'phone').code).toBe(2);
  });

  test('the command line builds silently on standard output and keeps exit codes', async () => {
    const tree = await createTree();
    expect(tree.run('run-teal.mjs', 'fail').code).toBe(3);
    expect(tree.run('run-teal.mjs', 'where')).toEqual({ code: 0, output: tree.root });
  });
});

describe('npm test', () => {
  test('a good tree ends with the sum', async () => {
    const tree = await createTree();
    const { code, output } = tree.run('test.mjs');
    expect(output).toMatch(/\n1 passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test('a failing test, a broken file and a skipped test are counted', async () => {
    const tree = await createTree();
    tree.plant({
      'test/unit/bad.test.ts':
        "import { expect, test } from 'vitest';\n\ntest('bad', () => expect(1).toBe(2));\ntest.skip('later', () => undefined);\n",
      'test/unit/broken.test.ts': "import './nowhere';\n",
    });
    const { code, output } = tree.run('test.mjs');
    expect(output).toMatch(/1 passed, 2 failed, 1 skipped\n1 passed, 2 failed\n/);
    expect(code).toBe(1);
  });

  test('tests of the real shell that could not run are counted, and said', async () => {
    const tree = await createTree();
    tree.plant({
      'test/e2e/electron.spec.ts':
        "import { test } from '@playwright/test';\n\ntest.skip(true, 'not here');\ntest('a', () => undefined);\ntest('b', () => undefined);\n",
    });
    const { code, output } = tree.run('test.mjs');
    expect(output).toMatch(
      /\nElectron's program is not here: 2 tests of the real shell were skipped\.\n1 passed, 0 failed, 2 skipped\n1 passed, 0 failed\n$/,
    );
    expect(code).toBe(0);
  });

  test('no tests at all is a failure', async () => {
    const tree = await createTree();
    tree.remove('test/unit');
    const { code, output } = tree.run('test.mjs');
    expect(output).toMatch(/0 passed, [1-9]\d* failed\n/);
    expect(code).toBe(1);
  });
});

test('check runs every step and fails when one does', async () => {
  const tree = await createTree();
  tree.plant({
    'shared/sql/a.ts': 'export const a: any = 1;\n',
    'test/unit/more.test.ts': '// more\n'.repeat(120),
  });
  const { code, output } = tree.run('check.mjs');
  const steps = [...output.matchAll(/^(\S.*?) +(passed|FAILED) +\d/gm)].map(
    ([, name, result]) => `${name} ${result}`,
  );
  expect(steps).toEqual([
    'cycles, layers passed',
    'dead code FAILED',
    'lint, format FAILED',
    'types passed',
    'budgets FAILED',
    'SQL passed',
    'build passed',
  ]);
  expect(code).toBe(1);
});
