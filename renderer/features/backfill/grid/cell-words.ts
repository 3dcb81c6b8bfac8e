import type { BatchCell, BatchState, RunModel } from '../../../../shared/protocol/views/backfill';
import { countOf, formatCount, formatSeconds } from '../../../ui/format';
import { batchText, shortName } from '../words';
import type { GridCell } from './cells';

export const STATE_WORDS: Readonly<Record<BatchState, string>> = {
  done: 'filled',
  running: 'running',
  queued: 'queued',
  waiting: 'not started',
  failed: 'failed',
  stopped: 'stopped',
};

/** `2025-03-09, filled, 241 rows, 14 ms`; of several batches: their span, how many are filled, and the worst state. */
export function cellWords(cell: GridCell, batches: readonly BatchCell[]): string {
  const own = cell.batches.map((at) => batches[at]).filter((batch) => batch !== undefined);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return '';
  const rows = own.reduce((sum, batch) => sum + (batch.rows ?? 0), 0);
  const spent = own.reduce((sum, batch) => sum + (batch.milliseconds ?? 0), 0);
  const span = first.span && last.span ? { from: first.span.from, to: last.span.to } : null;
  const state = own.length === 1 ? STATE_WORDS[cell.state] : groupWords(cell, own);
  const facts = cell.done > 0 ? [countOf(rows, 'row'), formatSeconds(spent / 1000)] : [];
  return [batchText(span), state, ...facts].join(', ');
}

/** What a model that is one whole table says inside its long cell. */
export function wholeWords(model: RunModel, finished: ReadonlySet<string>): string {
  const batch = model.batches[0];
  if (!batch) return 'Nothing to fill';
  if (batch.state === 'done') return `Whole table: ${countOf(batch.rows ?? 0, 'row')} filled`;
  const open = model.waitsFor.filter((parent) => !finished.has(parent)).map(shortName);
  const isIdle = batch.state === 'waiting' || batch.state === 'queued';
  if (isIdle && open.length > 0) return `Whole table: waits for ${open.join(', ')}`;
  return `Whole table: ${STATE_WORDS[batch.state]}`;
}

/** A cell as a screen reader hears it: its model, then the same as its card says. */
export function rowWords(model: RunModel, cell: GridCell | undefined, finished: ReadonlySet<string>): string {
  const words = cell ? cellWords(cell, model.batches) : 'nothing to fill';
  const isWaiting = model.whole && cell?.done === 0;
  return isWaiting ? `${model.model}, ${wholeWords(model, finished)}` : `${model.model}, ${words}`;
}

function groupWords(cell: GridCell, own: readonly BatchCell[]): string {
  const filled = `${formatCount(cell.done)} of ${formatCount(own.length)} filled`;
  if (cell.state === 'done') return filled;
  const worst = own.filter(({ state }) => state === cell.state).length;
  return `${filled}, ${formatCount(worst)} ${STATE_WORDS[cell.state]}`;
}
