import { describe, expect, it } from 'vitest';
import { withSession } from '../../shared/engine/contract';
import { type Sql, sql } from '../../shared/sql/sql';
import { joinWarehouse, openBench } from './projects';

const MODELS = {
  'models/days.sql':
    "MODEL (name mart.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day), start '2025-01-01', end '2025-01-03');\nSELECT d::DATE AS day, 1 AS n FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 DAY) AS t(d)",
  'models/total.sql': 'MODEL (name mart.total, kind FULL);\nSELECT SUM(n) AS n FROM mart.days',
  'models/shown.sql': 'MODEL (name mart.shown, kind VIEW);\nSELECT n FROM mart.total',
};

/** What a warehouse of layout 1 holds: no editions, no lines, nothing of what is done, and no text of a view. */
const OLDER: readonly Sql[] = [
  sql`DROP TABLE teal.edition`,
  sql`DROP TABLE teal.done`,
  sql`DROP TABLE teal.head`,
  sql`ALTER TABLE teal.audit_result DROP COLUMN arguments`,
  sql`ALTER TABLE teal.audit_result DROP COLUMN skipped`,
  sql`UPDATE teal.environment SET body = json_merge_patch(body, '{"editions": null, "lines": null, "expiresAt": null, "around": null}')`,
  sql`UPDATE teal.release SET body = json_merge_patch(body, '{"editions": null, "lines": null}')`,
  sql`UPDATE teal.version SET body = json_merge_patch(body, '{"line": null, "view": null}')`,
  sql`UPDATE teal.meta SET value = '1' WHERE name = 'layout'`,
];

describe('a warehouse of the layout before editions', () => {
  it('opens, says why all is computed once more, and goes on from there', async () => {
    const bench = await openBench(MODELS);
    await bench.apply({ environment: 'prod' });
    await bench.close();
    const engine = await joinWarehouse(bench.dir);
    for (const statement of OLDER) await withSession(engine, 'writer', (session) => session.run(statement));
    await engine.close();
    await bench.reopen();
    expect(await bench.rows('SELECT n FROM mart.shown')).toEqual([{ n: '3' }]);
    expect(await bench.rows("SELECT value FROM teal.meta WHERE name = 'layout'")).toEqual([{ value: '2' }]);
    const plan = await bench.plan({ environment: 'prod' });
    const older = plan.checks.find(({ id }) => id === 'older');
    expect(older).toMatchObject({ status: 'look', detail: expect.stringContaining('computed once more') });
    expect(plan.decision.added).toEqual(['mart.days', 'mart.shown', 'mart.total']);
    await bench.apply({ environment: 'prod' });
    expect(await bench.rows('SELECT n FROM mart.shown')).toEqual([{ n: '3' }]);
    const again = await bench.plan({ environment: 'prod' });
    expect([again.empty, again.checks.some(({ id }) => id === 'older')]).toEqual([true, false]);
    await bench.client.call('release.rollback', { to: 1 });
    expect(await bench.rows('SELECT n FROM mart.total')).toEqual([{ n: '3' }]);
  });
});
