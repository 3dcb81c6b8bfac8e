import { describe, expect, it } from 'vitest';
import {
  countsText,
  gatesText,
  rollbackLabel,
  sumCounts,
  swapLabel,
} from '../../../renderer/features/releases/words';
import type { Gate, MovedModel } from '../../../shared/protocol/views/release';

const gate = (status: Gate['status'], label = 'Audits'): Gate => ({
  id: 'audits',
  label,
  detail: '',
  status,
  remedy: '',
});
const moved: MovedModel = { model: 'mart.a', fromVersion: 11, toVersion: 12, score: null };

describe('buttons that move prod', () => {
  it('name their effect', () => {
    expect(swapLabel([moved, moved], 12, undefined)).toBe('Swap 2 models to release 12');
    expect(swapLabel([moved], 12, undefined)).toBe('Swap 1 model to release 12');
    expect(rollbackLabel(3, 10)).toBe('Roll back 3 models to release 10');
    expect(rollbackLabel(0, 1)).toBe('prod shows what release 1 did');
  });

  it('name the failing gate instead', () => {
    expect(swapLabel([moved], 12, gate('fail', 'Base unmoved'))).toBe('Gate fails: Base unmoved');
  });
});

describe('gates and counts in words', () => {
  it('counts gates by what came of them', () => {
    expect(gatesText([gate('pass'), gate('pass')])).toBe('2 passed');
    expect(gatesText([gate('pass'), gate('look'), gate('fail')])).toBe('1 passed, 1 to look at, 1 failed');
  });

  it('says what a rollback does to rows', () => {
    expect(countsText({ changed: 10, added: 0, removed: 1204 })).toBe('10 changed back, 1,204 rows leave');
    expect(countsText({ changed: 0, added: 1, removed: 0 })).toBe('1 row comes back');
    expect(countsText({ changed: 0, added: 0, removed: 0 })).toBe('same rows');
  });

  it('sums them over models', () => {
    const counts = { changed: 1, added: 2, removed: 3 };
    expect(sumCounts([counts, counts])).toEqual({ changed: 2, added: 4, removed: 6 });
    expect(sumCounts([])).toEqual({ changed: 0, added: 0, removed: 0 });
  });
});
