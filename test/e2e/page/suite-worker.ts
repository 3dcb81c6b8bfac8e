import { createBrowserPlatform } from '../../../renderer/worker/browser-platform';
import { createProjectLocks } from '../../../renderer/worker/project-locks';
import { createTree } from '../../../renderer/worker/tree';
import { cases } from './cases';
import { smallCases } from './cases-storage';

/** Runs a case by its name and answers with what went wrong, or with `passed`; `write` writes for ever, to be killed. */
self.onmessage = async ({ data }: MessageEvent<{ run: string; base: string }>) => {
  const tree = createTree(await navigator.storage.getDirectory());
  const platform = createBrowserPlatform({
    ...{ version: '0.1.0', user: () => 'Ada', base: data.base, tree },
    locks: createProjectLocks(() => undefined),
    isOpenHere: () => false,
    openEngine: () => Promise.reject(new Error('There is no engine here.')),
  });
  if (data.run === 'write') {
    const folder = await platform.openFolder('/projects/shop');
    self.postMessage('writing');
    for (let round = 0; ; round++)
      await folder.writeText(
        round % 2 ? 'models/m.sql' : `models/new-${round}.sql`,
        'x'.repeat(100_000 + round),
      );
  }
  try {
    await { ...cases, ...smallCases }[data.run]?.({ tree, platform });
    self.postMessage('passed');
  } catch (thrown) {
    self.postMessage(thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown));
  }
};
