import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../../renderer/features/backfill/grid/axis';
import { createCellCache, sumColumnRows } from '../../../renderer/features/backfill/grid/cell-cache';
import { cellWords, rowWords, wholeWords } from '../../../renderer/features/backfill/grid/cell-words';
import { buildCells, cellAt, leadingBatch, worseState } from '../../../renderer/features/backfill/grid/cells';
import { buildFrame, columnAt, columnCount } from '../../../renderer/features/backfill/grid/frame';
import { cellBox, paintCells, pitchFor } from '../../../renderer/features/backfill/grid/geometry';
import { movePlace } from '../../../renderer/features/backfill/grid/move';
import { floorToUnit, nextUnit } from '../../../renderer/features/backfill/grid/units';
import { DAY, toIso } from '../../../shared/base/time';
import type { BatchCell, BatchState, RunModel } from '../../../shared/protocol/views/backfill';

const FEBRUARY = Date.UTC(2025, 1, 1);

function daily(count: number, start = FEBRUARY, state: BatchState = 'waiting'): BatchCell[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    span: { from: toIso(start + index * DAY), to: toIso(start + (index + 1) * DAY) },
    state,
    rows: null,
    milliseconds: null,
  }));
}

function modelOf(batches: BatchCell[], more: Partial<RunModel> = {}): RunModel {
  return { model: 'mart.daily_sales', table: 't', whole: false, waitsFor: [], batches, ...more };
}

const spansOf = (batches: readonly BatchCell[]) => batches.flatMap(({ span }) => span ?? []);

function frameOf(batches: readonly BatchCell[], most?: number) {
  const frame = buildFrame(spansOf(batches), most);
  if (!frame) throw new Error('no frame');
  return frame;
}

describe('columns of the grid', () => {
  it('gives one column a day to daily batches', () => {
    const frame = frameOf(daily(59));
    expect(frame.unit).toBe('day');
    expect(columnCount(frame)).toBe(59);
    expect(frame.starts.at(-1)).toBe(Date.UTC(2025, 3, 1));
  });

  it('goes down to hours where batches begin within a day', () => {
    const hour = 3_600_000;
    const spans = [0, 1, 2].map((at) => ({
      from: toIso(FEBRUARY + at * hour),
      to: toIso(FEBRUARY + (at + 1) * hour),
    }));
    expect(buildFrame(spans)?.unit).toBe('hour');
  });

  it('takes days together to weeks, then to months, past the limit', () => {
    expect(frameOf(daily(400)).unit).toBe('day');
    expect(frameOf(daily(401)).unit).toBe('week');
    expect(frameOf(daily(3650)).unit).toBe('month');
    expect(columnCount(frameOf(daily(3650)))).toBeLessThanOrEqual(400);
  });

  it('prefers units on which long batches begin and end', () => {
    const months = Array.from({ length: 240 }, (_, at) => ({
      from: toIso(Date.UTC(2000, at)),
      to: toIso(Date.UTC(2000, at + 1)),
    }));
    const frame = buildFrame(months);
    expect(frame?.unit).toBe('month');
    expect(columnCount(frame)).toBe(240);
  });

  it('has none for whole tables only', () => {
    expect(buildFrame([])).toBeNull();
    expect(columnCount(null)).toBe(0);
  });

  it('finds the column of a time, and clamps times outside', () => {
    const frame = frameOf(daily(10));
    expect(columnAt(frame, FEBRUARY + 3 * DAY)).toBe(3);
    expect(columnAt(frame, FEBRUARY + 4 * DAY - 1)).toBe(3);
    expect(columnAt(frame, FEBRUARY - DAY)).toBe(0);
    expect(columnAt(frame, FEBRUARY + 99 * DAY)).toBe(9);
  });

  it('begins weeks on Monday, also before 1970', () => {
    expect(toIso(floorToUnit('week', Date.UTC(2025, 1, 1)))).toBe('2025-01-27T00:00:00.000Z');
    expect(new Date(floorToUnit('week', Date.UTC(1969, 11, 31))).getUTCDay()).toBe(1);
    expect(toIso(nextUnit('month', Date.UTC(2024, 11, 1)))).toBe('2025-01-01T00:00:00.000Z');
  });
});

describe('cells of a row', () => {
  it('shows the worst state on top', () => {
    expect(worseState('done', 'failed')).toBe('failed');
    expect(worseState('running', 'queued')).toBe('running');
    expect(worseState('waiting', 'done')).toBe('waiting');
    const batches = daily(14, Date.UTC(2025, 0, 6), 'done');
    batches[3] = {
      ...daily(4)[3],
      index: 3,
      span: batches[3]?.span ?? null,
      state: 'failed',
      rows: null,
      milliseconds: null,
    };
    const cells = buildCells(batches, frameOf(batches, 2));
    expect(cells.map(({ state, done }) => [state, done])).toEqual([
      ['failed', 6],
      ['done', 7],
    ]);
    expect(cells.map(({ batches: own }) => own.length)).toEqual([7, 7]);
  });

  it('loses no batch, whatever the grouping', () => {
    for (const count of [1, 59, 400, 401, 1000, 3650]) {
      const batches = daily(count);
      const cells = buildCells(batches, frameOf(batches));
      expect(cells.flatMap(({ batches: own }) => own)).toEqual(batches.map(({ index }) => index));
      cells.forEach((cell, at) => {
        expect(cell.first).toBeGreaterThanOrEqual(cells[at - 1]?.end ?? 0);
        expect(cell.end).toBeGreaterThan(cell.first);
      });
    }
  });

  it('draws a batch that is longer than a column as one wide cell', () => {
    const week = { from: toIso(FEBRUARY), to: toIso(FEBRUARY + 7 * DAY) };
    const frame = frameOf(daily(14));
    const [cell] = buildCells(
      [{ index: 0, span: week, state: 'running', rows: null, milliseconds: null }],
      frame,
    );
    expect(cell).toMatchObject({ first: 0, end: 7, state: 'running' });
    expect(cellAt(cell ? [cell] : [], 6)).toBe(0);
    expect(cellAt(cell ? [cell] : [], 7)).toBe(-1);
  });

  it('stands for the first of its worst batches', () => {
    const batches = daily(7, Date.UTC(2025, 0, 6), 'done');
    const failed = batches[4];
    if (failed) batches[4] = { ...failed, state: 'failed' };
    const [cell] = buildCells(batches, frameOf(batches, 1));
    expect(cell && leadingBatch(cell, batches)?.index).toBe(4);
  });

  it('makes cells anew only for another list of batches', () => {
    const model = modelOf(daily(3));
    const cellsOf = createCellCache(frameOf(model.batches));
    expect(cellsOf(model)).toBe(cellsOf({ ...model }));
    expect(cellsOf(modelOf(daily(3)))).not.toBe(cellsOf(model));
  });

  it('gives a whole table one cell over all columns', () => {
    const batch: BatchCell = { index: 0, span: null, state: 'waiting', rows: null, milliseconds: null };
    const cells = createCellCache(frameOf(daily(5)))(modelOf([batch], { whole: true }));
    expect(cells).toEqual([{ first: 0, end: 5, state: 'waiting', done: 0, batches: [0] }]);
  });

  it('sums the rows of a column over models', () => {
    const filled = daily(2).map(
      (batch): BatchCell => ({ ...batch, state: 'done', rows: 10, milliseconds: 1 }),
    );
    const models = [modelOf(filled), modelOf(filled), modelOf(filled, { whole: true })];
    expect(sumColumnRows(models, createCellCache(frameOf(filled)), 2)).toEqual([20, 20]);
  });
});

describe('geometry of the grid', () => {
  it('keeps a pitch of 13 where there is room, and scrolls past 4', () => {
    expect(pitchFor(59, 770)).toBe(13);
    expect(pitchFor(90, 770)).toBe(8);
    expect(pitchFor(400, 770)).toBe(4);
    expect(pitchFor(0, 770)).toBe(13);
  });

  it('leaves a pixel between cells', () => {
    expect(cellBox({ first: 2, end: 3 }, 13)).toEqual({ x: 26, width: 12 });
    expect(cellBox({ first: 0, end: 7 }, 13)).toEqual({ x: 0, width: 90 });
  });

  it('paints one path a colour', () => {
    const batches = daily(4).map(
      (batch, at): BatchCell => ({ ...batch, state: at < 2 ? 'done' : at === 2 ? 'failed' : 'queued' }),
    );
    const paints = paintCells(buildCells(batches, frameOf(batches)), 13);
    expect(paints.map(({ tone }) => tone)).toEqual(['queued', 'shadow', 'red', 'cross']);
    expect(paints.find(({ tone }) => tone === 'shadow')?.d.match(/M/g)).toHaveLength(2);
  });

  it('shows how much of a group is filled under its worst state', () => {
    const batches = daily(4, Date.UTC(2025, 0, 6)).map(
      (batch, at): BatchCell => ({ ...batch, state: at < 3 ? 'done' : 'waiting' }),
    );
    const paints = paintCells(buildCells(batches, frameOf(batches, 1)), 13);
    expect(paints.map(({ tone }) => tone)).toEqual(['idle', 'shadow']);
    expect(paints[1]?.d).toContain('v14');
  });
});

describe('axis', () => {
  it('names months first, then the days between', () => {
    const ticks = axisTicks(frameOf(daily(59)), 13);
    expect(ticks.map(({ text }) => text)).toEqual(['Feb 1', '8', '15', '22', 'Mar 1', '8', '15', '22', '29']);
    expect(ticks.map(({ column }) => column)).toEqual([0, 7, 14, 21, 28, 35, 42, 49, 56]);
  });

  it('leaves out what would overlap', () => {
    const texts = axisTicks(frameOf(daily(59)), 3).map(({ text }) => text);
    expect(texts).toContain('Mar 1');
    expect(texts.length).toBeLessThan(9);
  });

  it('names years over months', () => {
    const ticks = axisTicks(frameOf(daily(3650, Date.UTC(2016, 0, 1))), 6);
    expect(ticks[0]?.text).toBe('Jan 2016');
    expect(ticks.map(({ text }) => text)).toContain('2020');
  });
});

describe('keys on the grid', () => {
  const cells = buildCells(daily(5), frameOf(daily(5)));
  const grid = { rows: 3, columns: 5, page: 2, cells };

  it('goes from cell to cell and stays inside', () => {
    expect(movePlace({ row: 0, column: 0 }, 'ArrowRight', grid)).toEqual({ row: 0, column: 1 });
    expect(movePlace({ row: 0, column: 0 }, 'ArrowLeft', grid)).toEqual({ row: 0, column: 0 });
    expect(movePlace({ row: 2, column: 4 }, 'ArrowDown', grid)).toEqual({ row: 2, column: 4 });
    expect(movePlace({ row: 2, column: 4 }, 'ArrowRight', grid)).toEqual({ row: 2, column: 4 });
    expect(movePlace({ row: 0, column: 2 }, 'PageDown', grid)).toEqual({ row: 2, column: 2 });
    expect(movePlace({ row: 1, column: 2 }, 'End', grid)).toEqual({ row: 1, column: 4 });
    expect(movePlace({ row: 1, column: 2 }, 'Home', grid)).toEqual({ row: 1, column: 0 });
  });

  it('steps over wide cells as one', () => {
    const wide = [
      { first: 0, end: 3, state: 'done' as const, done: 1, batches: [0] },
      { first: 3, end: 5, state: 'done' as const, done: 1, batches: [1] },
    ];
    expect(movePlace({ row: 0, column: 1 }, 'ArrowRight', { ...grid, cells: wide })?.column).toBe(3);
    expect(movePlace({ row: 0, column: 4 }, 'ArrowLeft', { ...grid, cells: wide })?.column).toBe(0);
  });

  it('leaves other keys alone', () => {
    expect(movePlace({ row: 0, column: 0 }, 'a', grid)).toBeUndefined();
  });
});

describe('words of a cell', () => {
  it('says day, state, rows and time', () => {
    const batches = daily(1).map(
      (batch): BatchCell => ({ ...batch, state: 'done', rows: 241, milliseconds: 14 }),
    );
    const [cell] = buildCells(batches, frameOf(batches));
    expect(cell && cellWords(cell, batches)).toBe('2025-02-01, filled, 241 rows, 14 ms');
    expect(rowWords(modelOf(batches), cell, new Set())).toBe(
      'mart.daily_sales, 2025-02-01, filled, 241 rows, 14 ms',
    );
  });

  it('says of a group how many are filled and what is worst', () => {
    const batches = daily(7, Date.UTC(2025, 0, 6)).map(
      (batch, at): BatchCell =>
        at < 6 ? { ...batch, state: 'done', rows: 10, milliseconds: 5 } : { ...batch, state: 'failed' },
    );
    const [cell] = buildCells(batches, frameOf(batches, 1));
    expect(cell && cellWords(cell, batches)).toBe(
      '2025-01-06 to 2025-01-12, 6 of 7 filled, 1 failed, 60 rows, 30 ms',
    );
  });

  it('says what a whole table waits for, and only that', () => {
    const batch: BatchCell = { index: 0, span: null, state: 'waiting', rows: null, milliseconds: null };
    const model = modelOf([batch], { whole: true, waitsFor: ['mart.daily_sales', 'stg.stores'] });
    expect(wholeWords(model, new Set(['stg.stores']))).toBe('Whole table: waits for daily_sales');
    expect(wholeWords(model, new Set(model.waitsFor))).toBe('Whole table: not started');
    const done = modelOf([{ ...batch, state: 'done', rows: 18 }], { whole: true });
    expect(wholeWords(done, new Set())).toBe('Whole table: 18 rows filled');
  });
});
