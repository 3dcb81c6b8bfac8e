/** The candidate that a mistyped name is closest to, or undefined where none is near. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, name.length / 3) + 1e-9;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > least) continue;
    const steps = distance(name, candidate);
    if (steps > least || (steps === least && best !== undefined)) continue;
    least = steps;
    best = candidate;
  }
  return best;
}

/** Levenshtein distance, row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
