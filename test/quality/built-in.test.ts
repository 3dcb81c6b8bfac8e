// Every built-in audit in every notation, with the number of rows that SQLMesh 0.236.4 found on the same table in DuckDB 1.5.6;
// null where SQLMesh refuses the call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import type { Engine, Session } from '../../shared/engine/contract';
import { isBuiltInAudit } from '../../shared/project/built-in-audits';
import { CASES, failingRows, ROWS, readCall } from './built-in-cases';

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

describe('a built-in audit', () => {
  it.each(CASES.filter(([, count]) => count !== null))('%s finds %s rows', async (call, count) =>
    expect(await failingRows(session, call)).toBe(count),
  );

  it.each([
    ['not_null(column := id)', 'audit.invalid'],
    ['unique_values(column := id)', 'audit.invalid'],
    ['not_null(columns := ())', 'audit.invalid'],
    ['kl_divergence(source_column := colour, target_column := size, threshold := 0.1)', 'engine.sql'],
    ['nonsense(column := id)', 'audit.invalid'],
  ])('%s is refused', async (call, code) => expect(await failingRows(session, call)).toBe(code));

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
