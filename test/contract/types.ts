import type { Capabilities, Engine } from '../../shared/engine/contract';

/** The one assertion that the suite needs: deep equality, as vitest's `expect` has it. */
type Expect = (actual: unknown) => { toEqual(expected: unknown): void };

/** What a test runner lends to the suite; the suite itself imports none, so that it runs in a browser too. */
export interface Harness {
  readonly test: (name: string, body: () => Promise<void>) => unknown;
  readonly expect: Expect;
  /** called once after all tests, where the runner has an end */
  readonly afterAll?: (body: () => Promise<void>) => unknown;
}

/** A behaviour that every engine has, shown on a fresh engine with an empty warehouse. */
export interface ContractCase {
  readonly name: string;
  readonly needs?: readonly (keyof Capabilities)[];
  run(engine: Engine, expect: Expect): Promise<void>;
}

/** A query whose rows are the same on every engine, in this order; `needs` names what an engine may lack. */
export interface ContractQuery {
  readonly name: string;
  readonly needs?: readonly (keyof Capabilities)[];
  readonly sql: string;
  readonly rows: readonly (readonly unknown[])[];
}
