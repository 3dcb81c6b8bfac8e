import type { PlanDifferences, PlanView } from '../../../shared/protocol/views/backfill';
import { useFact } from '../../store/use-fact';
import { ScrollArea } from '../../ui/scroll-area';
import styles from './text-changes.module.css';
import { shortName } from './words';

type Line = PlanDifferences['models'][number]['lines'][number];

const SIGNS: Readonly<Record<Line['mark'], string>> = { same: ' ', old: '−', new: '+', gap: '…' };

/** What differs in the texts of the models that a plan takes up, line by line. */
export function TextChanges({ plan }: { plan: PlanView }) {
  const { directlyModified, metadataUpdated } = plan.decision;
  const isChanged = Object.keys({ ...directlyModified, ...metadataUpdated }).length > 0;
  const { data } = useFact('plan.differences', isChanged ? { plan: plan.id } : null);
  const models = data?.models.filter(({ lines }) => lines.length > 0) ?? [];
  if (models.length === 0) return null;
  return (
    <div className={styles.part}>
      <h3>What differs in their texts</h3>
      {models.map(({ model, lines }) => (
        <div key={model} className={styles.model}>
          <h4 className={styles.name} title={model}>
            {shortName(model)}
          </h4>
          <ScrollArea label={`Text of ${model}`} className={styles.text}>
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: Lines of a text have no other name than their place.
              <TextLine key={at} line={line} />
            ))}
          </ScrollArea>
        </div>
      ))}
    </div>
  );
}

function TextLine({ line: { mark, text } }: { line: Line }) {
  const Tag = mark === 'old' ? 'del' : mark === 'new' ? 'ins' : 'span';
  return (
    <Tag className={styles.line} data-mark={mark}>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[mark]}
      </span>
      <code>{text}</code>
    </Tag>
  );
}
