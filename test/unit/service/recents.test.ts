import { expect, test } from 'vitest';
import type { RecentEntry } from '../../../shared/service/platform';
import { parseRecents, withRecent } from '../../../shared/service/recents';

const entry = (name: string): RecentEntry => ({
  dir: `/${name}`,
  name,
  openedAt: 1,
  state: 'live',
  note: '',
});

test('the project opened last comes first, once, and twelve are kept', () => {
  let list: readonly RecentEntry[] = [];
  for (let at = 0; at < 14; at++) list = withRecent(list, entry(`p${at}`));
  list = withRecent(list, entry('p5'));
  expect(list).toHaveLength(12);
  expect(list.slice(0, 2).map(({ name }) => name)).toEqual(['p5', 'p13']);
});

test.each(['', 'broken', '{}', 'null', '[1, {"dir": "/a"}]'])('a damaged list %j is begun anew', (text) => {
  expect(parseRecents(text)).toEqual([]);
});
