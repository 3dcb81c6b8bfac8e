import type { BatchCell, RunModel, RunStatus } from '../../../shared/protocol/views/backfill';
import type { BatchChoice } from './grid/use-grid-cursor';

export interface FoundBatch {
  readonly model: RunModel;
  readonly batch: BatchCell;
  readonly failure: RunStatus['failures'][number] | undefined;
}

/** The chosen batch; where none is, the one that failed last and is still open. */
export function findBatch(run: RunStatus, chosen: BatchChoice | null): FoundBatch | undefined {
  const isOpen = run.status === 'failed' || run.status === 'interrupted';
  const wanted = chosen ?? (isOpen ? run.failures.at(-1) : undefined);
  const model = run.models.find((candidate) => candidate.model === wanted?.model);
  const batch = model?.batches.find(({ index }) => index === wanted?.index);
  if (!model || !batch) return undefined;
  // Failures of earlier tries stay in the list; what was filled since has none.
  const own = run.failures.filter(
    (failure) => failure.model === model.model && failure.index === batch.index,
  );
  return { model, batch, failure: batch.state === 'failed' ? own.at(-1) : undefined };
}
