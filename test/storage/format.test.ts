import { describe, expect, it } from 'vitest';
import { openBench } from './projects';

describe('a project of SQLMesh', () => {
  it('is filled under names in quotes, and with seeds in the schema raw', async () => {
    const bench = await openBench({
      'seeds/items.csv': 'id,title\n1,bolt\n2,nut\n',
      'models/raw/items.sql': "MODEL (name raw.items, kind SEED (path '../../seeds/items.csv'));",
      'models/bag.sql': 'MODEL (name fleet."Mixed Bag", kind FULL);\nSELECT id, title FROM Raw."Items"',
      'models/view.sql': 'MODEL (name fleet.shown);\nSELECT COUNT(*) AS n FROM fleet."Mixed Bag" AS b',
    });
    expect((await bench.client.call('project.overview', {})).problems).toEqual([]);
    await bench.apply({ environment: 'prod' });
    expect(await bench.rows('SELECT n FROM fleet.shown')).toEqual([{ n: '2' }]);
    expect(await bench.rows('SELECT title FROM fleet."mixed bag" ORDER BY id')).toEqual([
      { title: 'bolt' },
      { title: 'nut' },
    ]);
  });

  it('takes values of the machine into its variables', async () => {
    process.env.TEAL_TEST_REGION = 'west';
    const bench = await openBench({
      'config.yaml':
        "model_defaults:\n  dialect: duckdb\n  start: '2025-01-01'\nvariables:\n  region: {{ env_var('TEAL_TEST_REGION', 'east') }}\n",
      'models/mart/a.sql': 'MODEL (name mart.a, kind FULL);\nSELECT @region AS region',
    });
    await bench.apply({ environment: 'prod' });
    expect(await bench.rows('SELECT region FROM mart.a')).toEqual([{ region: 'west' }]);
  });
});
