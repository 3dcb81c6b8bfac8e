import { describe, expect, test } from 'vitest';
import { createTree } from './planted-tree';

const repeat = (line: string, count: number) => `${line}\n`.repeat(count);
const functionOf = (lines: number) => `export function long(): void {\n${repeat('  void 0;', lines - 2)}}\n`;
const exportsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => `export const name${i} = ${i};\n`).join('');

describe('budgets', () => {
  const PLANTS: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'a file too long',
      'shared/sql/a.ts',
      repeat('// line', 401),
      /shared\/sql\/a\.ts: 401 file lines, the limit is 400/,
    ],
    [
      'a function too long',
      'shared/sql/a.ts',
      functionOf(61),
      /shared\/sql\/a\.ts:1: 61 function lines in \.ts, the limit is 60/,
    ],
    [
      'a component too long',
      'renderer/ui/a.tsx',
      functionOf(81),
      /renderer\/ui\/a\.tsx:1: 81 function lines in \.tsx, the limit is 80/,
    ],
    [
      'too many exports',
      'node/host/a.ts',
      exportsOf(13),
      /node\/host\/a\.ts: 13 exports a file, the limit is 12/,
    ],
    [
      'too many parameters',
      'node/host/a.ts',
      'const f = (a, b, c, d, e) => a + b + c + d + e;\n',
      /:1: 5 parameters, the limit is 4/,
    ],
    [
      'a default export',
      'electron/main/a.ts',
      'export default 1;\n',
      /electron\/main\/a\.ts:1: default exports/,
    ],
    ['an any', 'shared/sql/a.ts', 'let x: any;\n', /shared\/sql\/a\.ts:1: any/],
    ['a non-null bang', 'shared/sql/a.ts', '\nconst x = y!.z;\n', /shared\/sql\/a\.ts:2: non-null !/],
    [
      'an empty catch',
      'build/a.mjs',
      'try {\n  f();\n} catch {\n  // never mind\n}\n',
      /build\/a\.mjs:3: empty catches/,
    ],
    ['an empty promise catch', 'build/a.mjs', 'f().catch(() => {});\n', /build\/a\.mjs:1: empty catches/],
  ];

  test.each(PLANTS)('%s is found', async (_name, path, text, message) => {
    const tree = await createTree();
    tree.plant({ [path]: text });
    const { code, output } = tree.run('budgets.mjs', '.', '--no-ratio');
    expect(output).toMatch(message);
    expect(output).toContain(' files examined, 1 past a limit');
    expect(code).toBe(1);
  });

  test('a file at the limits passes', async () => {
    const tree = await createTree();
    tree.plant({
      'shared/sql/a.ts': functionOf(60),
      'shared/sql/b.ts': exportsOf(12),
      'renderer/ui/a.tsx': functionOf(80),
      'node/host/a.ts': 'const f = (a, b, c, d) => a;\n',
    });
    const { code, output } = tree.run('budgets.mjs', '.', '--no-ratio');
    expect(output).toContain(', 0 past a limit');
    expect(code).toBe(0);
  });

  test('too few test lines are a failure', async () => {
    const tree = await createTree();
    const { code, output } = tree.run('budgets.mjs');
    expect(output).toMatch(/test\/: 0\.\d\d test lines a source line, the limit is at least 0\.4/);
    expect(code).toBe(1);
    tree.plant({ 'test/unit/more.test.ts': repeat('// a test', 100) });
    expect(tree.run('budgets.mjs').code).toBe(0);
  });

  test('no files is a failure', async () => {
    const tree = await createTree();
    for (const room of ['shared', 'node', 'electron', 'renderer']) tree.remove(room);
    const { code, output } = tree.run('budgets.mjs');
    expect(output).toContain('no files were examined');
    expect(code).toBe(1);
  });
});

describe('SQL gate', () => {
  const OUTSIDE = /SQL is put together outside shared\/sql/;
  const PLANTS: readonly (readonly [string, string, string, RegExp])[] = [
    ['a template', 'shared/plan/a.ts', 'const q = `SELECT * FROM $' + '{table}`;\n', OUTSIDE],
    [
      'a template that begins on a new line',
      'node/host/a.ts',
      'const q = `\n  DROP TABLE $' + '{t}`;\n',
      OUTSIDE,
    ],
    ['a template in small letters', 'node/host/a.ts', 'const q = `delete from $' + '{t}`;\n', OUTSIDE],
    ['a sum', 'renderer/store/a.ts', "const q = 'INSERT INTO ' + table;\n", OUTSIDE],
    ['a tag of another name', 'node/host/a.ts', 'const q = String.raw`SET x = $' + '{v}`;\n', OUTSIDE],
    [
      'a sql tag from elsewhere',
      'node/host/a.ts',
      "import { sql } from './b';\nconst q = sql`SET x = $" + '{v}`;\n',
      OUTSIDE,
    ],
    [
      'an engine opened elsewhere',
      'node/host/a.ts',
      "const { DuckDBInstance } = await import('@duckdb/node-api');\n",
      /node\/host\/a\.ts:1: DuckDBInstance is opened in node\/engine\/registry\.ts alone/,
    ],
    [
      'a registry that opens nothing',
      'node/engine/registry.ts',
      "import type { DuckDBInstance } from '@duckdb/node-api';\nexport type Engine = DuckDBInstance;\n",
      /node\/engine\/registry\.ts: opens no DuckDBInstance/,
    ],
  ];

  test.each(PLANTS)('%s is found', async (_name, path, text, message) => {
    const tree = await createTree();
    tree.plant({ [path]: text });
    const { code, output } = tree.run('sql-gate.mjs');
    expect(output).toMatch(message);
    expect(output).toMatch(/ 1 violations\n$/);
    expect(code).toBe(1);
  });

  test('the sql tag, plain statements, sentences and engine types pass', async () => {
    const tree = await createTree();
    tree.plant({
      'shared/plan/a.ts': [
        "import { sql } from '../sql/sql';",
        'const a = sql`SELECT * FROM $' + '{table}`;',
        "const b = 'SELECT 1';",
        "const c = 'SELECT a ' + 'FROM b';",
        'const d = `with $' + '{count} rows`;',
        'const e = `Drop $' + '{name}?`;',
        '',
      ].join('\n'),
      'shared/sql/sql.ts': 'export const q = `SELECT $' + '{x}`;\n',
      'node/engine/a.ts':
        "import type { DuckDBInstance } from '@duckdb/node-api';\nexport type E = DuckDBInstance;\n",
    });
    const { code, output } = tree.run('sql-gate.mjs');
    expect(output).toContain(', 0 violations');
    expect(code).toBe(0);
  });

  test('no files is a failure', async () => {
    const tree = await createTree();
    for (const room of ['shared', 'node', 'electron', 'renderer']) tree.remove(room);
    const { code, output } = tree.run('sql-gate.mjs');
    expect(output).toContain('no files were examined');
    expect(code).toBe(1);
  });
});
