import type { RunModel, RunStatus } from '../../../shared/protocol/views/backfill';
import { Button } from '../../ui/button';
import { countOf, formatMinute } from '../../ui/format';
import { ScrollArea } from '../../ui/scroll-area';
import { CardSection } from './card-section';
import styles from './plan-card.module.css';
import { shortName, spanText } from './words';

/** A run that was not started in this window: what it says of itself, without the plan's reasons and estimates. */
export function RunCard({ run, onLeave }: { run: RunStatus; onLeave?: () => void }) {
  const tables = run.models.filter(({ table }) => table !== null);
  return (
    <>
      <ScrollArea label="What the run writes">
        <div className={styles.section}>
          <h2 className={styles.title}>{run.title}</h2>
          <p className={styles.description}>
            {run.environment === 'prod'
              ? 'Fills prod and makes it live at its end.'
              : `Fills shadows for ${run.environment}; prod is not touched.`}{' '}
            Started {formatMinute(run.startedAt)} UTC.
          </p>
        </div>
        <CardSection title="Tables it writes" note={`${tables.length}, and no other`}>
          <ul className={styles.list}>
            {tables.map((model) => (
              <li key={model.model} className={styles.table}>
                <code className={styles.tableName}>{model.table}</code>
                <span className={styles.extent}>{countOf(model.batches.length, 'batch', 'batches')}</span>
                <span className={styles.why}>{reachText(model)}</span>
              </li>
            ))}
          </ul>
        </CardSection>
      </ScrollArea>
      <footer className={styles.foot}>
        <span>
          Plan <code>{run.planId}</code>
        </span>
        {onLeave && (
          <Button kind="quiet" size="small" onPress={onLeave}>
            Plan something else
          </Button>
        )}
      </footer>
    </>
  );
}

function reachText({ model, whole, batches }: RunModel): string {
  const [first, last] = [batches[0]?.span, batches.at(-1)?.span];
  if (whole || !first || !last) return `${shortName(model)}, whole table`;
  return `${shortName(model)}, ${spanText({ from: first.from, to: last.to })}`;
}
