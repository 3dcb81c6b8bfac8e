import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../projects';
import { kinds, openFillBench, sorted } from './bench';

interface Case {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly columns: string;
  readonly csv: string;
  readonly types?: readonly (readonly [string, string])[];
  readonly rows?: readonly (readonly (string | null)[])[];
}

const cases = JSON.parse(readFileSync(new URL('recorded/seeds.json', import.meta.url), 'utf8')) as Case[];

/** What the reader of MODEL blocks makes of a setting: strings without their quotes, lists as they stand. */
function plain(text: string): string {
  return /^'.*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}

function declaredOf(columns: string): readonly { name: string; type: string }[] {
  return [...columns.matchAll(/(\w+) ([A-Z]+(\([^)]*\))?)/g)].map(([, name = '', type = '']) => ({
    name,
    type,
  }));
}

describe('a seed', () => {
  it.each(cases)('$name gives the rows and types of SQLMesh', async (one) => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'seed.csv'), one.csv);
    const bench = await openFillBench(folder);
    const csv = Object.fromEntries(Object.entries(one.settings).map(([name, text]) => [name, plain(text)]));
    const fill = bench.fill(
      [
        {
          kind: kinds.seed(csv),
          query: '',
          seed: 'seed.csv',
          declaredColumns: declaredOf(one.columns),
          target: { mode: 'new', table: 't1', number: null },
          version: 1,
        },
      ],
      { folder },
    );
    if (!one.rows) return expect(fill).rejects.toThrow();
    await fill;
    const types = await bench.raw('DESCRIBE teal_data.shop__items__v1');
    expect(types.map((row) => [row.column_name, row.column_type])).toEqual(one.types);
    expect(await bench.version(1)).toEqual(sorted(one.rows));
  });
});
