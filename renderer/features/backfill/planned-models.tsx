import type { PlannedModel } from '../../../shared/protocol/views/backfill';
import type { Span } from '../../../shared/protocol/views/common';
import { Chip } from '../../ui/chip';
import { countOf } from '../../ui/format';
import styles from './plan-card.module.css';
import { changeWord, extentText, shortName, spanText } from './words';

/** Which models are in play, how each changed and why, and how much of it is computed. */
export function PlannedModels({ models }: { models: readonly PlannedModel[] }) {
  return (
    <ul className={styles.list}>
      {models.map((model) => (
        <li key={model.model} className={styles.model}>
          <span className={styles.modelName} title={model.model}>
            {shortName(model.model)}
          </span>
          {model.change && <Chip tone="line">{changeWord(model.change)}</Chip>}
          <span className={styles.extent}>{extentText(model)}</span>
          <span className={styles.why}>{model.reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** The exact tables, and the spans of each that will be written where they are not the scope itself. */
export function PlannedTables(props: { models: readonly PlannedModel[]; scope: Span | null }) {
  const { models, scope } = props;
  return (
    <ul className={styles.list}>
      {models.map((model) => (
        <li key={model.model} className={styles.table}>
          <code className={styles.tableName}>{model.table}</code>
          <span className={styles.extent}>{extentText(model)}</span>
          {!isScope(model, scope) && <span className={styles.why}>{spansText(model)}</span>}
        </li>
      ))}
    </ul>
  );
}

function isScope({ whole, spans }: PlannedModel, scope: Span | null): boolean {
  const [only] = spans;
  return whole || (spans.length === 1 && only?.from === scope?.from && only?.to === scope?.to);
}

function spansText({ whole, spans, batches }: PlannedModel): string {
  if (whole) return 'whole table, 1 batch';
  return `${spans.map(spanText).join(', ')} in ${countOf(batches, 'batch', 'batches')}`;
}
