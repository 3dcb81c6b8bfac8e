import type { PlannedModel } from '../../../shared/protocol/views/backfill';
import styles from './plan-card.module.css';
import { extentText, spanText } from './words';

/** The exact tables and the spans of each that will be written; a span that all share is said once. */
export function PlannedTables({ models }: { models: readonly PlannedModel[] }) {
  const shared = sharedSpans(models);
  return (
    <>
      {shared && <p className={styles.why}>All but whole tables: {shared} UTC</p>}
      <ul className={styles.list}>
        {models.map((model) => (
          <li key={model.model} className={styles.table}>
            <code className={styles.tableName}>{model.table}</code>
            <span className={styles.extent}>{extentText(model)}</span>
            {!model.whole && !shared && <span className={styles.why}>{spansText(model)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function sharedSpans(models: readonly PlannedModel[]): string | undefined {
  const [first, ...others] = models.filter(({ whole }) => !whole).map(spansText);
  return others.length > 0 && others.every((text) => text === first) ? first : undefined;
}

function spansText({ spans }: PlannedModel): string {
  return spans.map(spanText).join(', ');
}
