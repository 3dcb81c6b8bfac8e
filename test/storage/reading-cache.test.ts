import { existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startHost } from '../../node/host/host';
import { makeFolder, writeFiles } from './projects';

const FILES = {
  'config.yaml':
    "gateways: {local: {connection: {type: duckdb, database: db.duckdb}}}\ndefault_gateway: local\nmodel_defaults: {dialect: duckdb, start: '2025-01-01'}\nvariables: {rate: 2}\n",
  'seeds/start.csv': 'id,v\n1,2\n2,3\n',
  'audits/low.sql': 'AUDIT (name low);\nSELECT * FROM @this_model WHERE v < 0\n',
  'models/start.sql': "MODEL (name m.start, kind SEED (path '../seeds/start.csv'));\n",
  'models/all.sql': 'MODEL (name m.all, kind VIEW, audits (low));\nSELECT * FROM m.start\n',
  'models/sum.sql': 'MODEL (name m.sum, kind FULL);\nSELECT sum(v) * @rate AS total FROM m.all\n',
};

const EDITS: readonly (readonly [keyof typeof FILES, string])[] = [
  ['config.yaml', FILES['config.yaml'].replace('rate: 2', 'rate: 5')],
  ['config.yaml', FILES['config.yaml'].replace('2025-01-01', '2025-02-01')],
  ['config.yaml', FILES['config.yaml']],
  ['seeds/start.csv', 'id,v\n1,2\n2,9\n'],
  ['seeds/start.csv', 'id,v,w\n1,2,3\n'],
  ['audits/low.sql', 'AUDIT (name low, blocking false);\nSELECT * FROM @this_model WHERE v < 1\n'],
  ['models/all.sql', 'MODEL (name m.all, kind EMBEDDED);\nSELECT * FROM m.start WHERE v > 0\n'],
  ['models/all.sql', FILES['models/all.sql']],
  ['models/sum.sql', 'MODEL (name m.sum, kind FULL);\nSELECT max(v) AS total FROM m.all\n'],
  [
    'models/sum.sql',
    '-- only words\nMODEL (name m.sum, kind FULL);\nSELECT sum(v) * @rate AS total FROM m.all\n',
  ],
];

/** Opens the project as a new process would, plans, and carries the plan out if told to; gives what does not hang on the clock. */
async function planIn(dir: string, build: string, apply = false) {
  process.env.TEAL_STATE_DIR = join(dir, '.state');
  const host = startHost({ version: 'test', way: 'test', build });
  try {
    const client = host.client();
    await client.call('project.open', { dir });
    const {
      createdAt: _at,
      checks: _checks,
      estimate: _estimate,
      ...plan
    } = await client.call('plan.build', {
      environment: 'prod',
      executionTime: '2025-03-01',
    });
    if (apply && !plan.empty) await client.call('backfill.start', { plan: plan.id, wait: true });
    return plan;
  } finally {
    await host.close();
  }
}

async function project() {
  const dir = await makeFolder();
  await writeFiles(dir, FILES);
  return { dir, cache: join(dir, '.teal/cache/reading') };
}

const uncached = async (dir: string) => {
  await rm(join(dir, '.teal/cache'), { recursive: true, force: true });
  return planIn(dir, 'one');
};

describe('the cache of a reading', () => {
  it('gives the plan that there is without it, after any edits', async () => {
    const anyEdits = fc.array(fc.constantFrom(...EDITS), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyEdits, async (edits) => {
        const { dir, cache } = await project();
        await planIn(dir, 'one', true);
        for (const [index, [path, text]] of edits.entries()) {
          await writeFiles(dir, { [path]: text });
          expect(existsSync(cache)).toBe(true);
          const warm = await planIn(dir, 'one');
          expect(warm).toEqual(await uncached(dir));
          if (index === 0) await planIn(dir, 'one', true);
        }
      }),
      { numRuns: 5 },
    );
  }, 240_000);

  it('is written once and then only read, until a file changes', async () => {
    const { dir, cache } = await project();
    await planIn(dir, 'one', true);
    const first = await stat(cache);
    await planIn(dir, 'one');
    expect((await stat(cache)).ino).toBe(first.ino);
    await writeFiles(dir, { 'models/sum.sql': EDITS[8]?.[1] ?? '' });
    await planIn(dir, 'one');
    expect((await stat(cache)).ino).not.toBe(first.ino);
  });

  it('is ignored and written anew where it is harmed, cut, of another program or of another user', async () => {
    const { dir, cache } = await project();
    const plan = await planIn(dir, 'one');
    const whole = await readFile(cache, 'utf8');
    const forged = whole.replace('sum(v)', 'min(v)');
    expect(forged).not.toBe(whole);
    for (const harmed of [forged, whole.slice(0, 500), '', 'no line', `${'0'.repeat(64)}\n{}`, '\n']) {
      await writeFile(cache, harmed);
      expect(await planIn(dir, 'one')).toEqual(plan);
      expect(await readFile(cache, 'utf8')).toBe(whole);
    }
    expect(await planIn(dir, 'two')).toEqual(plan);
    expect(await readFile(cache, 'utf8')).not.toBe(whole);
    await rm(join(dir, '.state'), { recursive: true });
    const other = await readFile(cache, 'utf8');
    expect(await planIn(dir, 'two')).toEqual(plan);
    expect(await readFile(cache, 'utf8')).not.toBe(other);
  });

  it('may be gone, or have no place, and then nothing is missed', async () => {
    const { dir } = await project();
    const plan = await planIn(dir, 'one');
    expect(await uncached(dir)).toEqual(plan);
    await rm(join(dir, '.teal/cache'), { recursive: true });
    await writeFile(join(dir, '.teal/cache'), 'in the way');
    expect(await planIn(dir, 'one')).toEqual(plan);
    expect(await planIn(dir, '')).toEqual(plan);
  });
});
