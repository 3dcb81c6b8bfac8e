import { useState } from 'react';
import type { BatchCell, RunModel, RunStatus } from '../../../shared/protocol/views/backfill';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { EmptyState } from '../../ui/empty-state';
import { Mark, type MarkTone } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import { ProblemPanel } from '../../ui/problem-panel';
import { Segmented } from '../../ui/segmented';
import styles from './batch-detail.module.css';
import { BatchFacts } from './batch-facts';
import { BatchSql } from './batch-sql';
import { STATE_WORDS } from './grid/cell-words';
import type { BatchChoice } from './grid/use-grid-cursor';
import type { RunControl } from './use-run-control';
import { batchText, placeWords, shortName } from './words';

interface BatchDetailProps {
  readonly run: RunStatus;
  readonly chosen: BatchChoice | null;
  readonly control: RunControl;
}

interface Found {
  readonly model: RunModel;
  readonly batch: BatchCell;
  readonly failure: RunStatus['failures'][number] | undefined;
}

/** The chosen batch, or the one that failed: what happened, where, what is safe, what next; and its SQL. */
export function BatchDetail({ run, chosen, control }: BatchDetailProps) {
  const [tab, setTab] = useState<'facts' | 'sql'>('facts');
  const found = findBatch(run, chosen);
  if (!found) {
    return (
      <section className={styles.pane} aria-label="Batch">
        <EmptyState title="No batch chosen" text="Choose a cell to see its rows, its time and its SQL." />
      </section>
    );
  }
  const { model, batch, failure } = found;
  const segments = [
    { id: 'facts' as const, content: failure ? 'Error' : 'Facts' },
    { id: 'sql' as const, content: 'SQL' },
  ];
  return (
    <section className={styles.pane} aria-label="Batch">
      <PaneHead
        title={<BatchTitle model={model} batch={batch} />}
        hasRule
        end={
          <>
            <Segmented
              label="Show of the batch"
              segments={segments}
              selected={tab}
              onSelect={setTab}
              size="small"
            />
            {failure && <TryAgain run={run} control={control} />}
          </>
        }
      />
      {tab === 'sql' && <BatchSql model={model.model} span={batch.span} />}
      {tab === 'facts' && failure && (
        <div className={styles.scroll}>
          <ProblemPanel
            problem={{
              ...failure.problem,
              where: placeWords(failure.problem, { model: failure.model, partition: failure.label }),
            }}
          />
        </div>
      )}
      {tab === 'facts' && !failure && <BatchFacts model={model} batch={batch} />}
    </section>
  );
}

const TONES: Readonly<Record<BatchCell['state'], MarkTone>> = {
  done: 'shadow',
  running: 'shadow',
  queued: 'none',
  waiting: 'none',
  failed: 'red',
  stopped: 'none',
};

function BatchTitle({ model, batch }: Pick<Found, 'model' | 'batch'>) {
  const isFailed = batch.state === 'failed';
  return (
    <>
      <Mark tone={TONES[batch.state]} />
      <span className={styles.title}>
        {shortName(model.model)}, {batchText(batch.span)}
      </span>
      <Chip tone={isFailed ? 'red' : 'plain'}>{capital(STATE_WORDS[batch.state])}</Chip>
    </>
  );
}

/** A run goes on from its first open batch, which is the one that failed. */
function TryAgain({ run, control }: Pick<BatchDetailProps, 'run' | 'control'>) {
  if (run.status === 'running' || run.status === 'done') return null;
  return (
    <Button icon="undo" size="small" onPress={() => void control.resume(run.id)} isDisabled={control.isBusy}>
      Try again
    </Button>
  );
}

function findBatch(run: RunStatus, chosen: BatchChoice | null): Found | undefined {
  const wanted = chosen ?? run.failures.at(-1);
  const model = run.models.find((candidate) => candidate.model === wanted?.model);
  const batch = model?.batches.find(({ index }) => index === wanted?.index);
  if (!model || !batch) return undefined;
  // Failures of earlier tries stay in the list; what was filled since has none.
  const own = run.failures.filter(
    (failure) => failure.model === model.model && failure.index === batch.index,
  );
  return { model, batch, failure: batch.state === 'failed' ? own.at(-1) : undefined };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
