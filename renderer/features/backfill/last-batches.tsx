import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { countOf, formatClock, formatSeconds } from '../../ui/format';
import { PaneHead } from '../../ui/pane-head';
import { ScrollArea } from '../../ui/scroll-area';
import styles from './last-batches.module.css';
import { useRunLog } from './run-log';
import { shortName } from './words';

const MOST = 24;

/** The batches that ended last, as they end. */
export function LastBatches({ run, hint }: { run: RunStatus; hint: string }) {
  const { ended } = useRunLog(run.id);
  // What the host kept has its own clock; what was heard since is newer as long as the run goes on.
  const batches = run.status === 'running' && ended.length > 0 ? ended : run.last;
  return (
    <section className={styles.pane} aria-label="Last batches">
      <PaneHead title="Last batches" note={hint} hasRule />
      {batches.length === 0 ? (
        <p className={styles.none}>None has ended yet.</p>
      ) : (
        <ScrollArea label="Batches that ended last">
          <ol className={styles.list}>
            {batches.slice(0, MOST).map((batch) => (
              <li key={`${batch.at} ${batch.model} ${batch.label}`} className={styles.batch}>
                <span className={styles.third}>{formatClock(batch.at)}</span>
                <span className={styles.name} title={batch.model}>
                  {shortName(batch.model)}
                </span>
                <span className={styles.label}>{batch.label}</span>
                <span className={styles.second}>{countOf(batch.rows, 'row')}</span>
                <span className={styles.third}>{formatSeconds(batch.milliseconds / 1000)}</span>
              </li>
            ))}
          </ol>
        </ScrollArea>
      )}
    </section>
  );
}
