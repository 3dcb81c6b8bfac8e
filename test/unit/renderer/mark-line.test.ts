import { describe, expect, it } from 'vitest';
import { markLine } from '../../../renderer/features/raw/mark-line';

const raw = '20250103-S2-0071,2025-01-03 12:04:10,S2,NGR-04,two,4.50,,app';
const start = raw.indexOf('two');
const line = { raw, start, end: start + 3 };

describe('a quarantined line', () => {
  it('is parted around its bad part and loses nothing where there is room', () => {
    const { before, bad, after } = markLine(line, 200);
    expect(bad).toBe('two');
    expect(before + bad + after).toBe(raw);
  });

  it('is cut at its tail first', () => {
    const parts = markLine(line, start + 8);
    expect(parts).toEqual({ before: raw.slice(0, start), bad: 'two', after: ',4.5…' });
  });

  it('keeps the bad part in sight when its head is longer than the room', () => {
    const long = { raw: `${'x'.repeat(5000)}two${'y'.repeat(5000)}`, start: 5000, end: 5003 };
    const { before, bad, after } = markLine(long, 60);
    expect(bad).toBe('two');
    expect(before).toBe(`…${'x'.repeat(24)}`);
    expect(after.endsWith('…')).toBe(true);
    expect((before + bad + after).length).toBeLessThanOrEqual(60);
  });

  it('shows the end of a line that is too short', () => {
    const short = 'a,b,c';
    const parts = markLine({ raw: short, start: short.length, end: short.length }, 40);
    expect(parts).toEqual({ before: 'a,b,c', bad: '↵', after: '' });
  });

  it('keeps an empty value empty where something follows it', () => {
    expect(markLine({ raw: 'a,,c', start: 2, end: 2 }, 40)).toEqual({ before: 'a,', bad: '', after: ',c' });
  });

  it('stays on one line when a quoted value holds line ends', () => {
    expect(markLine({ raw: '"a\r\nb",x', start: 7, end: 8 }, 40)).toEqual({
      before: '"a↵b",',
      bad: 'x',
      after: '',
    });
  });

  it('takes marks outside of a line that was kept in part', () => {
    expect(markLine({ raw: 'abc', start: 90, end: 95 }, 40)).toEqual({ before: 'abc', bad: '↵', after: '' });
    expect(markLine({ raw: 'abc', start: -4, end: 1 }, 40)).toEqual({ before: '', bad: 'a', after: 'bc' });
  });
});
