import type { ColumnMatch, ModelComparison } from '../../../shared/protocol/views/compare';

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Columns that differ first, most at the top; then the key, then the others as they stand in the table. */
export function orderColumns(columns: readonly ColumnMatch[]): readonly ColumnMatch[] {
  const rank = ({ differ, key }: ColumnMatch): number => (differ > 0 ? 0 : key ? 1 : 2);
  return columns.toSorted((a, b) => rank(a) - rank(b) || b.differ - a.differ);
}

/** The columns of a row grid: key, those that differ, most first, then the others unless `changedOnly`. */
export function gridOrder(columns: readonly ColumnMatch[], changedOnly: boolean): readonly ColumnMatch[] {
  const key = columns.filter((column) => column.key);
  const differing = orderColumns(columns).filter((column) => !column.key && column.differ > 0);
  const others = columns.filter((column) => !column.key && column.differ === 0);
  return [...key, ...differing, ...(changedOnly ? [] : others)];
}

export interface OrderedModels {
  readonly differing: readonly ModelComparison[];
  readonly same: readonly ModelComparison[];
}

/** Models that differ, those upstream of others first, then those that came or went; and the ones that are the same. */
export function orderModels(models: readonly ModelComparison[], edges: readonly Edge[]): OrderedModels {
  const depth = depthsOf(edges);
  const rank = ({ status }: ModelComparison): number => (status === 'changed' ? 0 : 1);
  const deep = ({ model }: ModelComparison): number => depth.get(model) ?? 0;
  const sorted = models.toSorted((a, b) => rank(a) - rank(b) || deep(a) - deep(b) || a.score - b.score);
  return {
    differing: sorted.filter(({ status }) => status !== 'same'),
    same: sorted.filter(({ status }) => status === 'same'),
  };
}

/** The model to show: the one that was chosen where it is there, else the first that differs, else the first. */
export function pickModel(models: OrderedModels, chosen: string | null): ModelComparison | undefined {
  const all = [...models.differing, ...models.same];
  return all.find(({ model }) => model === chosen) ?? all[0];
}

/** How many steps each model is below the first ones. */
function depthsOf(edges: readonly Edge[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const parents = new Map<string, string[]>();
  for (const { from, to } of edges) parents.set(to, [...(parents.get(to) ?? []), from]);
  const visit = (model: string): number => {
    const known = depths.get(model);
    if (known !== undefined) return known;
    // Set before its parents are seen, so that a circle ends.
    depths.set(model, 0);
    const depth = Math.max(-1, ...(parents.get(model) ?? []).map(visit)) + 1;
    depths.set(model, depth);
    return depth;
  };
  for (const model of parents.keys()) visit(model);
  return depths;
}
