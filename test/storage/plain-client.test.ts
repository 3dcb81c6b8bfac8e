import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openBench } from './projects';
import { dayText, eventsModel, eventsOf, salesProject } from './sales-project';

const SCRIPT = fileURLToPath(new URL('children/read-views.mjs', import.meta.url));

interface PlainView {
  readonly name: string;
  readonly rows: number;
  readonly sql: string;
}

describe('a plain DuckDB client', () => {
  it('reads every view of every environment from the closed file, from another folder', async () => {
    const direct = `MODEL (name mart.direct, kind VIEW);
SELECT f.day, f.v, d.v AS sum FROM read_csv('raw/events.csv', header = true) AS f LEFT JOIN mart.daily AS d USING (day)
`;
    const bench = await openBench({ ...salesProject(), ...eventsOf(8), 'models/mart/direct.sql': direct });
    await bench.apply({ executionTime: dayText(6) });
    await bench.client.call('run.execute', { executionTime: dayText(7) });
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2, more: ', k AS "Two Words"' }) });
    await bench.apply({ environment: 'dev', executionTime: dayText(7), start: dayText(2), end: dayText(3) });
    await bench.close();
    const file = join(bench.dir, '.teal', 'warehouse.duckdb');
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, file], { cwd: tmpdir() });
    const views = JSON.parse(stdout) as PlainView[];
    const names = views.map((view) => view.name);
    for (const table of [
      'stg.events',
      'mart.daily',
      'mart.latest',
      'mart.total',
      'mart.shown',
      'mart.direct',
    ])
      expect(names).toEqual(expect.arrayContaining([table, table.replace('.', '__dev.')]));
    expect(names.filter((name) => name.startsWith('teal_data.')).length).toBeGreaterThanOrEqual(3 * 6);
    expect(views.filter((view) => view.rows === 0)).toEqual([]);
    expect(views.filter((view) => /select\s+\*|\.\*/i.test(view.sql))).toEqual([]);
  });
});
