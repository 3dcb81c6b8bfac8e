import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { countOf, formatCount } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import styles from './key-note.module.css';

/** Why rows could not be matched by a key, and what that means for the counts. */
export function KeyNote({ comparison, model }: { comparison: Comparison; model: ModelComparison }) {
  const { key, duplicateKeys, status } = model;
  if (status === 'same' || key.length > 0) return null;
  if (duplicateKeys.old + duplicateKeys.new > 0)
    return (
      <p className={styles.note} data-look="true">
        <Mark tone="amber" />
        <span>
          The key is not unique ({countOf(duplicateKeys.old, 'repeated row')} in {comparison.old},{' '}
          {formatCount(duplicateKeys.new)} in {comparison.new}), so rows were compared as a multiset: a row
          that changed counts as one removed and one added.
        </span>
      </p>
    );
  return (
    <p className={styles.note}>
      <Icon name="info" size="small" />
      <span>
        The model states no key, so rows were compared as a multiset: a row that changed counts as one removed
        and one added.
      </span>
    </p>
  );
}
