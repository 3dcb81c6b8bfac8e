import type { Interval } from '../../../shared/base/time';
import type { PlannedModel, PlanView } from '../../../shared/protocol/views/backfill';
import { formatDay } from '../../ui/format';
import { ScrollArea } from '../../ui/scroll-area';
import { missingWords } from './change-groups';
import { type LanePart, laneParts, laneRange } from './plan-lanes';
import styles from './plan-preview.module.css';
import { TextChanges } from './text-changes';
import { extentText, shortName, spanText } from './words';

/** What will be done: how much of each model's history, and the steps in their order. */
export function PlanPreview({ plan }: { plan: PlanView }) {
  const range = laneRange(plan.models);
  return (
    <ScrollArea label="What will be done" className={styles.preview}>
      <div className={styles.part}>
        <header className={styles.head}>
          <h3>What will be filled</h3>
          <span className={styles.missing}>{missingWords(plan)}</span>
          <LaneLegend models={plan.models} range={range} />
        </header>
        <ul className={styles.lanes}>
          {plan.models.map((model) => (
            <Lane key={model.model} model={model} range={range} />
          ))}
        </ul>
        {range && (
          <p className={styles.ends}>
            <span>{formatDay(new Date(range.from).toISOString())}</span>
            <span>{formatDay(new Date(range.to - 1).toISOString())}</span>
          </p>
        )}
      </div>
      <div className={styles.part}>
        <h3>Steps</h3>
        <ol className={styles.steps}>
          {plan.stages.map(({ kind, text }, at) => (
            <li key={`${kind} ${text}`} className={styles.step}>
              <span className={styles.number}>{at + 1}</span>
              {text}
            </li>
          ))}
        </ol>
      </div>
      <TextChanges plan={plan} />
    </ScrollArea>
  );
}

function Lane({ model, range }: { model: PlannedModel; range: Interval | null }) {
  return (
    <li className={styles.lane}>
      <span className={styles.name} title={model.model}>
        {shortName(model.model)}
      </span>
      {model.whole || !range ? (
        <span className={styles.whole} data-filled={model.batches > 0}>
          {wholeText(model)}
        </span>
      ) : (
        <span className={styles.bar}>
          {laneParts(model, range).map((part) => (
            <Part key={`${part.kind} ${part.from}`} part={part} />
          ))}
        </span>
      )}
      <span className={styles.extent}>{extentText(model)}</span>
    </li>
  );
}

function wholeText({ kind, batches }: PlannedModel): string {
  if (batches > 0) return 'Whole table';
  return kind === 'VIEW' ? 'A view, it holds no rows' : 'Filled before under the same logic';
}

const WORDS: Readonly<Record<LanePart['kind'], string>> = {
  compute: 'Computed',
  shared: 'Taken over',
  older: 'Left under older logic',
};

function Part({ part: { kind, from, to, span } }: { part: LanePart }) {
  const style = { left: `${from * 100}%`, width: `max(2px, ${(to - from) * 100}%)` };
  return (
    <i
      className={styles.stretch}
      data-kind={kind}
      style={style}
      title={`${WORDS[kind]}: ${spanText(span)}`}
    />
  );
}

function LaneLegend({ models, range }: { models: readonly PlannedModel[]; range: Interval | null }) {
  if (!range) return null;
  const parts = models.filter(({ whole }) => !whole).flatMap((model) => laneParts(model, range));
  const kinds = (['compute', 'shared', 'older'] as const).filter((kind) =>
    parts.some((part) => part.kind === kind),
  );
  return (
    <ul className={styles.legend}>
      {kinds.map((kind) => (
        <li key={kind} className={styles.legendItem}>
          <span className={styles.swatch}>
            <i className={styles.stretch} data-kind={kind} />
          </span>
          {WORDS[kind]}
        </li>
      ))}
    </ul>
  );
}
