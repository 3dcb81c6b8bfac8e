import type { Capabilities, Engine } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';
import { resultCases } from './cases-results';
import { sessionCases } from './cases-sessions';
import { transactionCases } from './cases-transactions';
import { contractQueries } from './queries';

/** The one assertion that the suite needs: deep equality, as vitest's `expect` has it. */
export type Expect = (actual: unknown) => { toEqual(expected: unknown): void };

/** What a test runner lends to the suite; the suite itself imports none, so that it runs in a browser too. */
export interface Harness {
  readonly test: (name: string, body: () => Promise<void>) => unknown;
  readonly expect: Expect;
}

/** A behaviour that every engine has, shown on a fresh engine with an empty warehouse. */
export interface ContractCase {
  readonly name: string;
  readonly needs?: readonly (keyof Capabilities)[];
  run(engine: Engine, expect: Expect): Promise<void>;
}

export const contractCases: readonly ContractCase[] = [...resultCases, ...sessionCases, ...transactionCases];

/** Declares the contract's tests for one engine. A case whose needs the engine lacks passes without running. */
export function engineContract(name: string, harness: Harness, openEngine: () => Promise<Engine>): void {
  const { test, expect } = harness;
  const onEngine = (title: string, needs: readonly (keyof Capabilities)[], run: (engine: Engine) => Promise<void>) =>
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
