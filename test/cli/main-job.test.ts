import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../shared/protocol/views/compare';
import { applyFix, BRIEF, CHANGED, checksums, createSample, NOW, ROWS, type Sample } from './sushi';
import { cellOf, rowsOf, teal, tealJson } from './teal';

const FACT = 'mart.fact_sales_transactions';

interface Carried {
  readonly plan: {
    readonly totalBatches: number;
    readonly models: readonly {
      readonly model: string;
      readonly older: readonly { from: string; to: string }[];
    }[];
  };
  readonly run: { readonly environment: string; readonly rows: number };
  readonly release: number | null;
}

describe('the main job on the sample by command line, step after step', () => {
  let sample: Sample;
  let before: Record<string, unknown>;
  const at = (...args: string[]) => ['-p', sample.dir, ...args];

  beforeAll(async () => {
    sample = await createSample();
  });
  afterAll(() => sample.remove());

  it('a plan alone writes nothing', async () => {
    const { code, json } = await tealJson<Omit<Carried, 'run'> & { run: null }>(at('plan', ...NOW));
    expect([code, json.plan.totalBatches, json.run, json.release]).toEqual([0, 389, null, null]);
    const releases = await tealJson<{ releases: unknown[] }>(at('releases'));
    expect(releases.json.releases).toEqual([]);
  });

  it('plan --auto-apply fills every model and makes release 1 live', async () => {
    const { code, json, err } = await tealJson<Carried>(at('plan', '--auto-apply', '--no-prompts', ...NOW));
    expect([code, json.release, json.run.environment]).toEqual([0, 1, 'prod']);
    expect(err).toContain('389 of 389 batches, 127,417 rows');
    const counts = Object.keys(ROWS).map(
      (name) => `SELECT '${name}' AS name, count(*)::INT AS n FROM ${name}`,
    );
    const found = await rowsOf(sample.dir, counts.join(' UNION ALL '));
    expect(Object.fromEntries(found.map((row) => [row.name, row.n]))).toEqual(ROWS);
    before = await checksums(sample.dir);
  });

  it('a second plan finds nothing to do', async () => {
    const { code, out } = await teal(at('plan', '--auto-apply', ...NOW));
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('Nothing differs and nothing is missing in prod.'),
    ]);
  });

  it('the brief fills February and March of five models into a shadow, and January keeps the older logic', async () => {
    applyFix(sample.dir);
    const dry = await tealJson<Carried>(at('backfill', BRIEF, '--dry-run', ...NOW));
    const { code, json } = await tealJson<Carried>(at('backfill', BRIEF, ...NOW));
    expect([code, json.release, json.run.environment]).toEqual([0, null, 'fix_discount']);
    expect(json.plan.models.map((model) => model.model).toSorted()).toEqual(Object.keys(CHANGED).toSorted());
    expect(dry.json.plan.models).toEqual(json.plan.models);
    const older = json.plan.models.find((model) => model.model === FACT)?.older;
    expect(older).toEqual([{ from: '2025-01-01T00:00:00.000Z', to: '2025-02-01T00:00:00.000Z' }]);
  });

  it('nothing live has changed while the shadow waits', async () => {
    expect(await checksums(sample.dir)).toEqual(before);
  });

  it('the comparison counts exactly the rows and columns that the repair changes, in its two months alone', async () => {
    const { code, json } = await tealJson<Comparison>(at('compare', 'prod', 'fix_discount'));
    expect([code, json.verdict.level]).toEqual([0, 'changed']);
    const changed = json.models.filter((model) => model.status === 'changed');
    expect(Object.fromEntries(changed.map((model) => [model.model, model.counts.changed]))).toEqual(CHANGED);
    for (const model of changed) expect([model.counts.added, model.counts.removed]).toEqual([0, 0]);
    const fact = changed.find((model) => model.model === FACT);
    const columns = fact?.columns.filter((column) => column.differ > 0);
    expect(columns?.map((column) => [column.name, column.differ])).toEqual([
      ['net_amount', 2_316],
      ['tax_amount', 2_316],
    ]);
    expect(json.expectations.filter((line) => !line.met)).toEqual([]);
    const january = `SELECT count(*)::INT FROM ${FACT} WHERE sold_on < '2025-02-01'`;
    expect(await cellOf(sample.dir, january, '--environment', 'fix_discount')).toBe(
      await cellOf(sample.dir, january),
    );
    const sums = `SELECT strftime(sold_on, '%m') AS month, sum(net_amount)::VARCHAR AS net FROM ${FACT} GROUP BY 1 ORDER BY 1`;
    const [live, shadow] = [
      await rowsOf(sample.dir, sums),
      await rowsOf(sample.dir, sums, '--environment', 'fix_discount'),
    ];
    expect(shadow.map((row, index) => row.net === live[index]?.net)).toEqual([true, false, false]);
  });

  it('compare --rows lists the differing rows with their cells, old to new', async () => {
    const { out } = await teal(at('compare', 'prod', 'fix_discount', '--model', FACT, '--rows', '3'));
    const lines = out.split('\n').filter((line) => line.startsWith('~ transaction_id 2025'));
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatch(/net_amount [\d.]+ to [\d.]+, tax_amount [\d.]+ to [\d.]+$/);
  });

  it('the swap shows the shadow to every reader at once', async () => {
    const shadow = await checksums(sample.dir, 'fix_discount');
    const { code, json } = await tealJson<{ release: number; models: string[] }>(
      at('swap', 'fix_discount', '--note', 'as agreed', '--base', '1'),
    );
    expect([code, json.release, json.models.length]).toEqual([0, 2, 5]);
    expect(await checksums(sample.dir)).toEqual(shadow);
    const log = await teal(at('releases'));
    expect(log.out).toMatch(/2\s+live\s+swap\s+fix-discount.*as agreed/);
  });

  it('a dry rollback counts what would change back and changes nothing', async () => {
    const { json } = await tealJson<{ models: { model: string; changed: number }[] }>(
      at('rollback', '--dry-run'),
    );
    expect(Object.fromEntries(json.models.map((model) => [model.model, model.changed]))).toEqual(CHANGED);
    expect((await checksums(sample.dir))[FACT]).not.toEqual(before[FACT]);
  });

  it('the rollback restores the old rows exactly, and the next one the new rows', async () => {
    const back = await tealJson<{ release: number }>(at('rollback'));
    expect([back.code, back.json.release]).toEqual([0, 3]);
    expect(await checksums(sample.dir)).toEqual(before);
    const forth = await tealJson<{ release: number }>(at('rollback', '--to', '2'));
    expect([forth.code, forth.json.release]).toEqual([0, 4]);
    expect((await checksums(sample.dir))[FACT]).not.toEqual(before[FACT]);
    const compared = await tealJson<Comparison>(at('compare', 'release 1', 'release 4'));
    const changed = compared.json.models.filter((model) => model.status === 'changed');
    expect(Object.fromEntries(changed.map((model) => [model.model, model.counts.changed]))).toEqual(CHANGED);
  });

  it('the log names every run, swap, rollback and import, and one record tells the rest', async () => {
    const { json } = await tealJson<{ entries: { id: string; kind: string; rows: number }[] }>(at('log'));
    const kinds = json.entries.map((entry) => entry.kind);
    expect(kinds.filter((kind) => kind !== 'import')).toEqual([
      'rollback',
      'rollback',
      'swap',
      'backfill',
      'plan',
    ]);
    const plan = json.entries.find((entry) => entry.kind === 'plan');
    const one = await teal(at('log', plan?.id ?? ''));
    expect(one.out).toMatch(/mart\.fact_sales_transactions\s+mart__fact\S+\s+90\s+41,114/);
    expect(one.out).toMatch(/pos_batches\s+\w{12}\s+38,940/);
  });
});
