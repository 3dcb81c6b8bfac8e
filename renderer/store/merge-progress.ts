import type { BatchCell, RunModel, RunProgress, RunStatus } from '../../shared/protocol/views/backfill';

/**
 * A run with what changed since: only the lists of touched models are made anew (of the same cells), so that a
 * component holding another model's cells does not draw again.
 */
export function mergeProgress(run: RunStatus, changes: readonly RunProgress[]): RunStatus {
  const own = changes.filter((change) => change.id === run.id);
  const last = own.at(-1);
  if (!last) return run;
  const { cells: _cells, ...figures } = last;
  return { ...run, ...figures, models: patchModels(run.models, collectCells(own)) };
}

function collectCells(changes: readonly RunProgress[]): Map<string, BatchCell[]> {
  const byModel = new Map<string, BatchCell[]>();
  for (const change of changes) {
    for (const { model, batch } of change.cells) {
      const list = byModel.get(model);
      if (list) list.push(batch);
      else byModel.set(model, [batch]);
    }
  }
  return byModel;
}

function patchModels(models: RunModel[], cells: Map<string, BatchCell[]>): RunModel[] {
  if (cells.size === 0) return models;
  return models.map((model) => {
    const changed = cells.get(model.model);
    return changed ? { ...model, batches: patchBatches(model.batches, changed) } : model;
  });
}

function patchBatches(batches: BatchCell[], changed: readonly BatchCell[]): BatchCell[] {
  const next = batches.slice();
  for (const cell of changed) {
    const at =
      next[cell.index]?.index === cell.index ? cell.index : next.findIndex((old) => old.index === cell.index);
    if (at >= 0) next[at] = cell;
  }
  return next;
}
