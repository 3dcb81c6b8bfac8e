import { runContractCase } from './contract';
import { commands } from './engine-commands';

// What tests may call in the worker, by name. Values go through structured cloning.
const offered: Readonly<Record<string, (...given: never[]) => Promise<unknown>>> = {
  runContractCase,
  ...commands,
};

self.onmessage = async (event: MessageEvent<{ id: number; name: string; given: never[] }>): Promise<void> => {
  const { id, name, given } = event.data;
  try {
    self.postMessage({ id, ok: true, value: await offered[name]?.(...given) });
  } catch (thrown) {
    const value = thrown instanceof Error ? `${thrown.message}\n${thrown.stack ?? ''}` : String(thrown);
    self.postMessage({ id, ok: false, value });
  }
};
