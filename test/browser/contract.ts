import { engineContract } from '../contract/suite';
import { open } from './open';

let opened = 0;
const cases = new Map<string, () => Promise<void>>();

const harness = {
  test: (name: string, body: () => Promise<void>) => cases.set(name, body),
  expect: (actual: unknown) => ({
    toEqual(expected: unknown) {
      const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
      if (is !== shouldBe) throw new Error(`expected ${shouldBe}\n but it is ${is}`);
    },
  }),
};

engineContract('wasm file', harness, () => {
  opened += 1;
  return open(`test/contract-${Date.now()}-${opened}.duckdb`);
});

/** Runs one case of the contract by its name. */
export async function runContractCase(name: string): Promise<void> {
  const body = cases.get(name);
  if (!body) throw new Error(`There is no case ${name}.`);
  await body();
}
