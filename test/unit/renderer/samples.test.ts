import { describe, expect, it } from 'vitest';
import { addSample, type Sample } from '../../../renderer/features/backfill/samples';

const sample = (elapsed: number): Sample => ({ elapsed, rate: 0, left: 0, rows: 0, memory: 0 });

describe('samples of a run', () => {
  it('keeps the whole of a long run in few points, with its first and last', () => {
    let samples: readonly Sample[] = [];
    for (let at = 0; at < 5000; at++) {
      samples = addSample(samples, sample(at));
      expect(samples.length).toBeLessThanOrEqual(160);
      expect(samples.at(-1)?.elapsed).toBe(at);
    }
    expect(samples[0]?.elapsed).toBe(0);
    const times = samples.map(({ elapsed }) => elapsed);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
