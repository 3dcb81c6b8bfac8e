import type { ColumnMatch, ModelComparison } from '../../../shared/protocol/views/compare';

/** Columns that differ first, most at the top; then the key, then the others as they stand in the table. */
export function orderColumns(columns: readonly ColumnMatch[]): readonly ColumnMatch[] {
  const rank = ({ differ, key }: ColumnMatch): number => (differ > 0 ? 0 : key ? 1 : 2);
  return columns.toSorted((a, b) => rank(a) - rank(b) || b.differ - a.differ);
}

/** The columns of a row grid: the key first, then the others as they stand; with `changedOnly`, those that differ. */
export function gridOrder(columns: readonly ColumnMatch[], changedOnly: boolean): readonly ColumnMatch[] {
  const key = columns.filter((column) => column.key);
  const others = columns.filter((column) => !column.key && (!changedOnly || column.differ > 0));
  return [...key, ...others];
}

/** Models that differ, least alike first, then those that came or went; and the ones that are the same. */
export function orderModels(models: readonly ModelComparison[]): {
  readonly differing: readonly ModelComparison[];
  readonly same: readonly ModelComparison[];
} {
  const differing = models.filter(({ status }) => status !== 'same');
  const rank = ({ status }: ModelComparison): number => (status === 'changed' ? 0 : 1);
  return {
    differing: differing.toSorted((a, b) => rank(a) - rank(b) || a.score - b.score),
    same: models.filter(({ status }) => status === 'same'),
  };
}

/** The model to show: the one that was chosen where it is there, else the first that differs, else the first. */
export function pickModel(
  models: readonly ModelComparison[],
  chosen: string | null,
): ModelComparison | undefined {
  const found = models.find(({ model }) => model === chosen);
  return found ?? orderModels(models).differing[0] ?? models[0];
}
