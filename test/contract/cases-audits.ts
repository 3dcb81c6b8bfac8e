import { withSession } from '../../shared/engine/contract';
import { CASES, failingRows, ROWS } from '../quality/built-in-cases';
import type { ContractCase } from './types';

/** The built-in audits find the same rows on every engine. */
export const auditCases: readonly ContractCase[] = [
  {
    name: 'built-in audits find as many rows as they do in SQLMesh',
    run: (engine, expect) =>
      withSession(engine, 'writer', async (session) => {
        await session.run(ROWS);
        const recorded = CASES.filter(([, count]) => count !== null);
        const found: (readonly [string, number | string])[] = [];
        for (const [call] of recorded) found.push([call, await failingRows(session, call)]);
        expect(found).toEqual(recorded);
      }),
  },
];
