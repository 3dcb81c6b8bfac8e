// Every built-in audit in every notation, with the number of rows that SQLMesh 0.236.4 found on the same table in DuckDB 1.5.6;
// null where SQLMesh refuses the call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { Fault } from '../../shared/base/errors';
import { numberOf } from '../../shared/base/rows';
import type { Engine, Session } from '../../shared/engine/contract';
import { isBuiltInAudit } from '../../shared/project/built-in-audits';
import type { AuditCall } from '../../shared/project/model';
import { readModel } from '../../shared/project/read-model';
import { builtInAudit } from '../../shared/quality/audits';
import { authored, id, sql } from '../../shared/sql/sql';
import { CASES } from './built-in-cases';

const ROWS = authored(`CREATE SCHEMA t;
CREATE TABLE t.m AS SELECT * FROM (VALUES
 (1, 'a@b.co', 'GET', 'https://x.org/a', '6f1c0e9a-2b3c-4d5e-8f90-123456789abc', 10.0, 'red', 'small', DATE '2024-01-01', DATE '2024-01-03', 1),
 (2, 'bad', 'PUT', 'ftp://y.z', 'nonsense', 12.5, 'red', 'large', DATE '2024-01-03', DATE '2024-01-05', 2),
 (2, 'c@d.e', 'FETCH', 'x.org', '6F1C0E9A-2B3C-1D5E-9F90-123456789ABC', 11.0, 'blue', 'large', DATE '2024-01-04', DATE '2024-01-09', 4),
 (4, '', NULL, '', NULL, NULL, 'blue', 'small', DATE '2024-01-09', DATE '2024-01-08', 5),
 (NULL, NULL, 'POST', NULL, '', 90.0, NULL, 'small', DATE '2024-02-01', NULL, 6),
 (NULL, 'a b@c.d', 'get', 'http://q.r/ s', '6f1c0e9a-2b3c-6d5e-8f90-123456789abc', 11.5, 'red', NULL, DATE '2024-02-02', DATE '2024-02-03', 8)
) AS r(id, email, method, url, uuid, price, colour, size, low, high, seq)`);

let engine: Engine;
let session: Session;
beforeAll(async () => {
  engine = await openNativeEngine({ path: ':memory:', allowedDirectories: [] });
  session = await engine.session('writer');
  await session.run(ROWS);
});
afterAll(async () => {
  await session.release();
  await engine.close();
});

function readCall(call: string): AuditCall {
  const text = `MODEL (\n  name t.m,\n  kind FULL,\n  audits (${call})\n);\n\nSELECT 1 AS id\n`;
  const model = readModel('models/t/m.sql', text, { start: null, cron: '@daily', kind: 'VIEW' });
  const [first] = model && 'audits' in model ? model.audits : [];
  if (!first) throw new Error(`No audit was read from ${call}.`);
  return first;
}

async function failingRows(call: string): Promise<number | string> {
  const { name, arguments: args } = readCall(call);
  try {
    const query = builtInAudit(name, args, id('t', 'm'));
    const [row] = await session.rows(sql`SELECT count(*) AS n FROM (${query}) AS audited`);
    return row ? numberOf(row, 'n') : 0;
  } catch (error) {
    if (error instanceof Fault) return error.problem.code;
    throw error;
  }
}

describe('a built-in audit', () => {
  it.each(CASES.filter(([, count]) => count !== null))('%s finds %s rows', async (call, count) =>
    expect(await failingRows(call)).toBe(count),
  );

  it.each([
    ['not_null(column := id)', 'audit.invalid'],
    ['unique_values(column := id)', 'audit.invalid'],
    ['not_null(columns := ())', 'audit.invalid'],
    ['kl_divergence(source_column := colour, target_column := size, threshold := 0.1)', 'engine.sql'],
    ['nonsense(column := id)', 'audit.invalid'],
  ])('%s is refused', async (call, code) => expect(await failingRows(call)).toBe(code));

  it('has a twin that does not stop', () => {
    for (const name of new Set(
      CASES.filter(([, count]) => count !== null).map(([call]) =>
        readCall(call).name.replace(/_non_blocking$/, ''),
      ),
    ))
      expect([name, isBuiltInAudit(name), isBuiltInAudit(`${name}_non_blocking`)]).toEqual([
        name,
        true,
        true,
      ]);
  });
});
