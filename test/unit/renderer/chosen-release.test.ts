import { describe, expect, it } from 'vitest';
import { chosenKey, findChosen, rollbackTarget } from '../../../renderer/features/releases/chosen';
import type { ReleaseList, ReleaseView } from '../../../shared/protocol/views/release';

const release = (number: number, more: Partial<ReleaseView> = {}): ReleaseView => ({
  ...{ number, kind: 'swap', title: '', note: '', at: '', user: '', commit: '', models: [] },
  ...{ live: false, keptUntil: null, retained: true, ...more },
});

const shadow = (environment: string) => ({
  ...{ environment, title: '', filledAt: null, models: 1, nextRelease: 4, complete: true },
});

const list: ReleaseList = {
  live: 3,
  releases: [release(3, { live: true }), release(2), release(1, { retained: false })],
  waiting: [shadow('dev'), shadow('fix')],
  bytes: 0,
};

const keyOf = (number: number | null, environment: string, of = list) => {
  const chosen = findChosen(of, number, environment);
  return chosen && chosenKey(chosen);
};

describe('what the Releases room looks at', () => {
  it('is a chosen release, else the shadow in sight, else the first that waits', () => {
    expect(keyOf(2, 'fix')).toBe('release 2');
    expect(keyOf(null, 'fix')).toBe('shadow fix');
    expect(keyOf(null, 'prod')).toBe('shadow dev');
    expect(keyOf(9, 'prod')).toBe('shadow dev');
  });

  it('is what is live where nothing waits, and nothing where nothing is', () => {
    expect(keyOf(null, 'prod', { ...list, waiting: [] })).toBe('release 3');
    expect(keyOf(null, 'prod', { ...list, waiting: [], releases: [] })).toBeUndefined();
  });
});

describe('where a rollback leads', () => {
  const targetOf = (number: number | null) => {
    const chosen = findChosen(list, number, 'dev');
    return chosen && rollbackTarget(list, chosen);
  };

  it('is the release before the live one, or the older one that is looked at', () => {
    expect(targetOf(null)).toBe(2);
    expect(targetOf(3)).toBe(2);
    expect(targetOf(2)).toBe(2);
  });

  it('is nowhere once the rows are cleaned', () => {
    expect(targetOf(1)).toBeUndefined();
  });
});
