import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, type Interval, intersect, normalise, subtract, totalLength } from '../../shared/base/time';

const SIZE = 24;
const span = fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([from, to]): Interval => ({ from, to }));
const spans = fc.array(span, { maxLength: 6 });

/** The whole moments that spans hold, counted one by one. */
function moments(list: readonly Interval[]): ReadonlySet<number> {
  const held = new Set<number>();
  for (const { from, to } of list) for (let at = from; at < to; at++) held.add(at);
  return held;
}

function isNormal(list: readonly Interval[]): boolean {
  return list.every((one, index) => one.to > one.from && (list[index + 1]?.from ?? Infinity) > one.to);
}

describe('sets of spans, against counting moment by moment', () => {
  it('normalise to sorted, apart and equal', () => {
    fc.assert(
      fc.property(spans, (a) => {
        expect(isNormal(normalise(a))).toBe(true);
        expect(moments(normalise(a))).toEqual(moments(a));
        expect(totalLength(a)).toBe(moments(a).size);
      }),
    );
  });

  it('subtract, intersect and cover', () => {
    fc.assert(
      fc.property(spans, spans, span, (a, b, wanted) => {
        const [left, right] = [moments(a), moments(b)];
        expect(moments(subtract(a, b))).toEqual(new Set([...left].filter((at) => !right.has(at))));
        expect(moments(intersect(a, b))).toEqual(new Set([...left].filter((at) => right.has(at))));
        expect(isNormal(subtract(a, b))).toBe(true);
        expect(isNormal(intersect(a, b))).toBe(true);
        expect(covers(a, wanted)).toBe([...moments([wanted])].every((at) => left.has(at)));
      }),
      { numRuns: 500 },
    );
  });
});
