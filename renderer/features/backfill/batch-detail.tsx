import { useState } from 'react';
import type { BatchCell, RunStatus } from '../../../shared/protocol/views/backfill';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { IconButton } from '../../ui/icon-button';
import { Mark, type MarkTone } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import { ProblemPanel } from '../../ui/problem-panel';
import { ScrollArea } from '../../ui/scroll-area';
import { Segmented } from '../../ui/segmented';
import styles from './batch-detail.module.css';
import { BatchFacts } from './batch-facts';
import { BatchSql } from './batch-sql';
import { chooseBatch } from './choice';
import type { FoundBatch } from './found-batch';
import { STATE_WORDS } from './grid/cell-words';
import type { RunControl } from './use-run-control';
import { batchText, placeWords, shortName } from './words';

interface BatchDetailProps {
  readonly run: RunStatus;
  readonly found: FoundBatch;
  readonly control: RunControl;
}

/** The chosen batch, or the one that failed: what happened, where, what is safe, what next; and its SQL. */
export function BatchDetail({ run, found, control }: BatchDetailProps) {
  const [tab, setTab] = useState<'facts' | 'sql'>('facts');
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
            {!failure && (
              <IconButton icon="x" size="small" label="Close the batch" onPress={() => chooseBatch(null)} />
            )}
          </>
        }
      />
      {tab === 'sql' && <BatchSql model={model.model} span={batch.span} />}
      {tab === 'facts' && failure && (
        <ScrollArea label="Error">
          <ProblemPanel
            problem={{
              ...failure.problem,
              where: placeWords(failure.problem, { model: failure.model, partition: failure.label }),
            }}
          />
        </ScrollArea>
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

function BatchTitle({ model, batch }: Pick<FoundBatch, 'model' | 'batch'>) {
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
