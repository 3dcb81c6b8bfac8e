const MOST_CELLS = 250_000;

/** The lines of a text, from 1, that the former text does not have; where lines went, the line after the gap. */
export function changedLines(before: string, after: string): number[] {
  if (before === after) return [];
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const oldPart = old.slice(head, old.length - tail);
  const nowPart = now.slice(head, now.length - tail);
  if (nowPart.length === 0) return [Math.min(head + 1, now.length)];
  const kept = keptLines(oldPart, nowPart);
  return nowPart.flatMap((_line, at) => (kept.has(at) ? [] : [head + at + 1]));
}

/** Indexes of `now` that stand in a longest common run of lines; none where comparing would take too long. */
function keptLines(old: readonly string[], now: readonly string[]): ReadonlySet<number> {
  const kept = new Set<number>();
  const width = now.length + 1;
  if (old.length * width > MOST_CELLS) return kept;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < old.length && column < now.length; ) {
    if (old[row] === now[column]) {
      kept.add(column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
