import type { PlannedModel } from '../../../shared/protocol/views/backfill';
import { Chip } from '../../ui/chip';
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
