import type { ResultColumn, RowPage } from './contract';

/** Names of a result's columns told apart: equal names get `_1`, `_2`, as DuckDB does when it makes a table of them. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const all = new Set(names);
  return names.map((name) => {
    let unique = name;
    for (let count = 1; taken.has(unique) || (unique !== name && all.has(unique)); count += 1)
      unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
}

/** Cuts rows, as they come, into pages of `size`; a result without rows is one empty page, so that its columns are known. */
export async function* cutPages(
  columns: readonly ResultColumn[],
  size: number,
  next: () => Promise<readonly (readonly unknown[])[] | null>,
): AsyncGenerator<RowPage> {
  let rows: readonly (readonly unknown[])[] = [];
  let empty = true;
  for (let more = await next(); more !== null; more = await next()) {
    const all = rows.length === 0 ? more : [...rows, ...more];
    const whole = all.length - (all.length % size);
    for (let from = 0; from < whole; from += size) yield { columns, rows: all.slice(from, from + size) };
    empty &&= whole === 0;
    rows = all.slice(whole);
  }
  if (rows.length > 0 || empty) yield { columns, rows };
}
