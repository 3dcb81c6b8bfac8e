import { useMemo, useState } from 'react';
import type { BatchState, RunStatus } from '../../../shared/protocol/views/backfill';
import { EmptyState } from '../../ui/empty-state';
import { Segmented } from '../../ui/segmented';
import styles from './backfill.module.css';
import { BatchTable } from './batch-table';
import { chooseBatch, useBackfillChoice } from './choice';
import { BatchGrid } from './grid/batch-grid';
import { Legend } from './grid/legend';

const VIEWS = [
  { id: 'grid', content: 'Grid' },
  { id: 'table', content: 'Table' },
] as const;

/** Models by time as cells, or the same as a table of figures. */
export function GridPane({ run }: { run: RunStatus }) {
  const [view, setView] = useState<'grid' | 'table'>('grid');
  const selected = useBackfillChoice(({ batch }) => batch);
  const states = useMemo(() => statesOf(run), [run]);
  if (run.models.length === 0) {
    return <EmptyState title="No rows to fill" text="Only views, names or versions change." />;
  }
  return (
    <section className={styles.gridPane} aria-label="Batches">
      <header className={styles.gridHead}>
        <h3>Models by time</h3>
        <div className={styles.gridEnd}>
          {view === 'grid' && <Legend states={states} />}
          <Segmented
            label="Show batches as"
            segments={VIEWS}
            selected={view}
            onSelect={setView}
            size="small"
          />
        </div>
      </header>
      {view === 'grid' ? (
        <BatchGrid run={run} selected={selected} onSelect={chooseBatch} />
      ) : (
        <BatchTable models={run.models} />
      )}
    </section>
  );
}

function statesOf({ status, models }: RunStatus): ReadonlySet<BatchState> {
  // While all goes well no batch can be failed or stopped, and looking at each would cost a long run dear.
  if (status === 'running' || status === 'done') return new Set();
  return new Set(models.flatMap(({ batches }) => batches.map(({ state }) => state)));
}
