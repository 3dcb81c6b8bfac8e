import type { BatchCell, RunModel } from '../../../shared/protocol/views/backfill';
import { formatCount, formatSeconds } from '../../ui/format';
import { ScrollArea } from '../../ui/scroll-area';
import styles from './batch-detail.module.css';
import { batchText, shortName } from './words';

/** What is known of a batch that did not fail. */
export function BatchFacts({ model, batch }: { model: RunModel; batch: BatchCell }) {
  const { rows, milliseconds, span } = batch;
  const facts: readonly (readonly [string, string])[] = [
    ['Model', model.model],
    ['Writes', model.table ?? 'no table, it is a view'],
    ['Span', span ? `${batchText(span)} UTC` : 'whole table'],
    ['Rows', rows === null ? 'not filled yet' : formatCount(rows)],
    ['Time', milliseconds === null ? 'not run yet' : formatSeconds(milliseconds / 1000)],
    ['Waits for', model.waitsFor.length > 0 ? model.waitsFor.map(shortName).join(', ') : 'nothing'],
  ];
  return (
    <ScrollArea label="Facts">
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </ScrollArea>
  );
}
