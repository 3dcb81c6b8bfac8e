import type { Capabilities, Engine } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { resultCases } from './cases-results';
import { sessionCases } from './cases-sessions';
import { transactionCases } from './cases-transactions';
import { relationQueries } from './queries-relations';
import { valueQueries } from './queries-values';
import type { ContractCase, ContractQuery, Harness } from './types';

/** Queries whose rows must be equal on every engine. */
const contractQueries: readonly ContractQuery[] = [...valueQueries, ...relationQueries];

/** Behaviours that every engine must have. */
const contractCases: readonly ContractCase[] = [...resultCases, ...sessionCases, ...transactionCases];

/** Declares the contract's tests for one engine. A case whose needs the engine lacks passes without running. */
export function engineContract(name: string, harness: Harness, openEngine: () => Promise<Engine>): void {
  const { test, expect } = harness;
  const onEngine = (
    title: string,
    needs: readonly (keyof Capabilities)[],
    run: (engine: Engine) => Promise<void>,
  ) =>
    test(`${name}: ${title}`, async () => {
      const engine = await openEngine();
      try {
        if (needs.every((need) => engine.info.capabilities[need])) await run(engine);
      } finally {
        await engine.close();
      }
    });

  for (const { name: title, needs = [], sql, rows } of contractQueries) {
    onEngine(`rows of "${title}"`, needs, async (engine) => expect(await rowsOf(engine, sql)).toEqual(rows));
  }
  for (const { name: title, needs = [], run } of contractCases) {
    onEngine(title, needs, (engine) => run(engine, expect));
  }
}

async function rowsOf(engine: Engine, text: string): Promise<unknown[]> {
  const session = await engine.session('interactive');
  const rows: unknown[] = [];
  for await (const page of session.pages(authored(text))) rows.push(...page.rows);
  return rows;
}
