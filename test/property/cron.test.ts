import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, type Interval, totalLength } from '../../shared/base/time';
import { type Cron, floorTo, type IntervalUnit, previousTick, readCron, step } from '../../shared/plan/cron';
import { alignOut, cutBatches, historyOf, missingIntervals } from '../../shared/plan/intervals';

const MINUTE = 60_000;
const YEAR_2024 = Date.UTC(2024, 0, 1);
const time = fc.integer({ min: 0, max: 900 * 24 * 60 }).map((minutes) => YEAR_2024 + minutes * MINUTE);

interface Field {
  readonly text: string;
  readonly fits: (value: number) => boolean;
}

function field(low: number, high: number): fc.Arbitrary<Field> {
  const value = fc.integer({ min: low, max: high });
  return fc.oneof(
    fc.constant<Field>({ text: '*', fits: () => true }),
    value.map((one): Field => ({ text: String(one), fits: (at) => at === one })),
    fc.tuple(value, value).map(([a, b]): Field => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      return { text: `${from}-${to}`, fits: (at) => at >= from && at <= to };
    }),
    fc.integer({ min: 1, max: high }).map(
      (every): Field => ({
        text: `*/${every}`,
        fits: (at) => (at - low) % every === 0,
      }),
    ),
    fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map(
      (list): Field => ({
        text: list.join(','),
        fits: (at) => list.includes(at),
      }),
    ),
  );
}

const expression = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6));

/** Goes back minute by minute, as cron's manual says when a job runs. */
function bruteForce(fields: readonly Field[], from: number, limit: number): number | null {
  const [minute, hour, day, month, weekday] = fields as [Field, Field, Field, Field, Field];
  for (let at = Math.floor(from / MINUTE) * MINUTE; at > limit; at -= MINUTE) {
    const date = new Date(at);
    const days = day.fits(date.getUTCDate());
    const weekdays = weekday.fits(date.getUTCDay());
    const onDay = day.text !== '*' && weekday.text !== '*' ? days || weekdays : days && weekdays;
    if (!month.fits(date.getUTCMonth() + 1) || !onDay) at = Math.floor(at / DAY) * DAY;
    else if (hour.fits(date.getUTCHours()) && minute.fits(date.getUTCMinutes())) return at;
  }
  return null;
}

function cron(text: string): Cron {
  const read = readCron(text);
  if (!read) throw new Error(`${text} is no cron.`);
  return read;
}

describe('cron', () => {
  it('fires last when counting back minute by minute says so', () => {
    fc.assert(
      fc.property(expression, time, (fields, at) => {
        const limit = at - 400 * DAY;
        const expected = bruteForce(fields, at, limit);
        const found = previousTick(cron(fields.map((one) => one.text).join(' ')), at);
        if (expected === null) expect(found).toBeLessThanOrEqual(limit);
        else expect(new Date(found).toISOString()).toBe(new Date(expected).toISOString());
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what is no cron', () => {
    for (const text of [
      '',
      '@often',
      '* * * *',
      '60 * * * *',
      '* 24 * * *',
      '5-1 * * * *',
      '*/0 * * * *',
      'a * * * *',
    ])
      expect(readCron(text)).toBeUndefined();
  });

  it.each([
    ['0 6 * * MON', '2025-03-31T06:00'],
    ['0 6 * * sun,tue', '2025-03-30T06:00'],
    ['0 0 L * *', '2025-03-31T00:00'],
    ['0 0 L FEB *', '2025-02-28T00:00'],
    ['0 0 * * MON#2', '2025-03-10T00:00'],
    ['0 0 * * L5', '2025-03-28T00:00'],
    ['0 0 ? * 7', '2025-03-30T00:00'],
    ['0 0 13 * FRI', '2025-03-28T00:00'],
  ])('%s fired last at %s', (text, at) => {
    expect(previousTick(cron(text), Date.UTC(2025, 2, 31, 12))).toBe(Date.parse(`${at}:00Z`));
  });

  it.each([
    ['Europe/Berlin', '2025-03-30T12:00Z', '2025-03-30T04:00Z'],
    ['Europe/Berlin', '2025-03-30T03:59Z', '2025-03-29T05:00Z'],
    ['America/New_York', '2025-03-30T09:59Z', '2025-03-29T10:00Z'],
    ['Asia/Kolkata', '2025-03-30T00:30Z', '2025-03-30T00:30Z'],
  ])('fires at six by the clocks of %s', (zone, now, at) => {
    const six = readCron('0 6 * * *', zone) as Cron;
    expect(new Date(previousTick(six, Date.parse(now)))).toEqual(new Date(at));
  });

  it.each([
    ['@hourly', 60 * MINUTE],
    ['@daily', DAY],
    ['@weekly', DAY],
    ['@monthly', 'month'],
    ['@yearly', 'year'],
    ['*/5 * * * *', 5 * MINUTE],
    ['*/15 * * * *', 15 * MINUTE],
    ['*/30 * * * *', 30 * MINUTE],
    ['0 6 * * *', DAY],
    ['0 */6 * * *', 60 * MINUTE],
    ['0,50 * * * *', 5 * MINUTE],
    ['*/7 * * * *', 5 * MINUTE],
    ['0 0 1,15 * *', DAY],
    ['0 0 */2 * *', DAY],
    ['0 6 * * MON-FRI', DAY],
    ['0 0 1 */3 *', 'month'],
    ['0 0 1 jan,jul ?', 'month'],
    ['0 0 L * *', 'month'],
  ] as const)('%s has intervals of its own unit', (text, unit) => {
    expect(cron(text).unit).toBe(unit);
  });
});

const unit = fc.constantFrom<IntervalUnit>(DAY, 60 * MINUTE, 5 * MINUTE, 'month', 'year');

describe('intervals', () => {
  it('hold their moment and follow each other without a gap', () => {
    fc.assert(
      fc.property(unit, time, (one, at) => {
        const from = floorTo(one, at);
        expect(from).toBeLessThanOrEqual(at);
        expect(step(one, from)).toBeGreaterThan(at);
        expect(floorTo(one, step(one, from))).toBe(step(one, from));
        expect(step(one, step(one, from), -1)).toBe(from);
        expect(alignOut(one, { from: at, to: at + 1 })).toEqual({ from, to: step(one, from) });
      }),
    );
  });

  it('are cut into batches that cover the spans, in order, none longer than its size', () => {
    const size = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(unit, time, fc.integer({ min: 0, max: 30 }), size, (one, at, count, most) => {
        const from = floorTo(one, at);
        const span = { from, to: step(one, from, count) };
        const batches = cutBatches([span], one, most);
        expect(batches).toHaveLength(Math.ceil(count / most));
        expect(totalLength(batches)).toBe(span.to - span.from);
        batches.forEach((batch, index) => {
          expect(batch.from).toBe(index === 0 ? span.from : batches[index - 1]?.to);
          expect(batch.to).toBeLessThanOrEqual(step(one, batch.from, most));
        });
      }),
    );
  });

  it('that are missing are the wanted ones that are not covered, with the lookback before the first', () => {
    const days = fc.uniqueArray(fc.nat(19), { maxLength: 20 });
    fc.assert(
      fc.property(days, fc.nat(3), (held, count) => {
        const covered = held.map((day): Interval => ({ from: day * DAY, to: (day + 1) * DAY }));
        const found = missingIntervals({ from: 0, to: 20 * DAY }, covered, { unit: DAY, count });
        const first = Array.from({ length: 20 }, (_, day) => day).find((day) => !held.includes(day));
        const expected = Array.from({ length: 20 }, (_, day) => day).filter(
          (day) => !held.includes(day) || (first !== undefined && day < first && day >= first - count),
        );
        expect(cutBatches(found, DAY, 1).map((batch) => batch.from / DAY)).toEqual(expected);
      }),
    );
  });

  it('of a history end with the last tick and hold whole intervals only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('@daily', '@hourly', '@monthly', '0 6 * * *', '0 0 * * 1'),
        time,
        (text, at) => {
          const history = historyOf({ cron: text, start: YEAR_2024 - 700 * DAY, end: null }, at);
          const { unit: own } = cron(text);
          expect(history.to).toBeLessThanOrEqual(at);
          expect([floorTo(own, history.from), floorTo(own, history.to)]).toEqual([history.from, history.to]);
        },
      ),
    );
  });
});
