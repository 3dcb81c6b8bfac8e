import { describe, expect, it } from 'vitest';
import { openBench, problemOf } from './projects';

const PARENT = 'MODEL (\n  name stg.numbers,\n  kind FULL\n);\n\nSELECT i AS n FROM range(5) AS t(i)\n';
const view = (audit: string) =>
  `MODEL (\n  name mart.shown,\n  kind VIEW,\n  audits (${audit})\n);\n\nSELECT n FROM stg.numbers\n`;
const project = (audit: string) => ({
  'models/stg/numbers.sql': PARENT,
  'models/mart/shown.sql': view(audit),
});

describe('audits of a view', () => {
  it('run when it is made, and are recorded', async () => {
    const bench = await openBench(project('not_null(columns := (n))'));
    await bench.apply({});
    const results = await bench.rows(
      "SELECT audit, failed_rows::INTEGER AS failed FROM teal.audit_result WHERE model = 'mart.shown'",
    );
    expect(results).toEqual([{ audit: 'not_null', failed: 0 }]);
  });

  it('stop the run that makes it, and nothing of the run is live', async () => {
    const bench = await openBench(project('accepted_range(column := n, max_v := 2)'));
    const problem = await problemOf(bench.apply({}));
    expect([problem?.code, problem?.place?.model]).toEqual(['audit.failed', 'mart.shown']);
    expect(
      await bench.rows("SELECT view_name FROM duckdb_views() WHERE schema_name IN ('mart', 'stg')"),
    ).toEqual([]);
  });
});
