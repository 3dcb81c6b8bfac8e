import { engineContract } from '../../contract/suite';
import { test } from './browser';

// The names come from the suite itself; each test runs the case of its name in a worker of the browser.
const harness = {
  test: (name: string) => test(name, ({ worker }) => worker.call('runContractCase', name)),
  expect: () => ({ toEqual: () => undefined }),
};

engineContract('wasm file', harness, () => Promise.reject(new Error('Only the names are asked for here.')));
