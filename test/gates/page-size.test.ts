import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTree } from './planted-tree';

const PAGE = '<script type="module" src="./assets/main.js"></script>';

/** Text that gzip cannot make smaller than about this many bytes. */
function heavy(bytes: number): string {
  return randomBytes(bytes).toString('latin1').replaceAll('\\', '/');
}

test('a small page passes, with its kinds in a table', async () => {
  const tree = await createTree();
  tree.plant({ 'page/index.html': PAGE, 'page/assets/main.js': 'let a;\n', 'page/templates/x.csv': 'a\n' });
  const { code, output } = tree.run('page-size.mjs', 'page');
  expect(output).toMatch(/^js +1 .*gzip 0\.00 MB$/m);
  expect(output).toMatch(/^templates +1 /m);
  expect(code).toBe(0);
});

test('a page past 18 MB of gzip fails, whichever file it is', async () => {
  const tree = await createTree();
  tree.plant({ 'page/index.html': PAGE, 'page/assets/engine.wasm': heavy(19 * 1024 ** 2) });
  const { code, output } = tree.run('page-size.mjs', 'page');
  expect(output).toMatch(/the page is \d\d\.\d\d MB gzip, the limit is 18 MB/);
  expect(code).toBe(1);
});

test('something heavy before the first screen fails, and so does a page of no files', async () => {
  const tree = await createTree();
  tree.plant({ 'page/index.html': PAGE, 'page/assets/main.js': heavy(1024 ** 2) });
  expect(tree.run('page-size.mjs', 'page')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/the first screen is .* MB gzip, the limit is 0\.5 MB/),
  });
  expect(tree.run('page-size.mjs', 'nothing')).toMatchObject({
    code: 1,
    output: expect.stringContaining('holds no page'),
  });
});
