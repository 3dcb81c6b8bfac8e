import { Button, ToggleButton, Toolbar } from 'react-aria-components';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { cx } from '../../ui/cx';
import { formatCount, formatShare } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Tooltip } from '../../ui/tooltip';
import styles from './count-row.module.css';
import { SIGNS } from './diff-values';
import { type CountKind, type Filters, toggleKinds } from './filters';

const KINDS = [
  ['added', 'Added'],
  ['removed', 'Removed'],
  ['changed', 'Changed'],
  ['same', 'Same'],
] as const satisfies readonly (readonly [CountKind, string])[];

export interface CountRowProps {
  readonly model: ModelComparison;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** Five figures of a model; the counts list their rows. */
export function CountRow({ model, filters, onChange }: CountRowProps) {
  const { counts, score, status } = model;
  const all = counts.added + counts.removed + counts.changed + counts.same;
  const isListed = status === 'changed';
  return (
    <Toolbar className={cx(styles.row)} aria-label="Counts of rows">
      {KINDS.map(([kind, title]) => (
        <ToggleButton
          key={kind}
          className={cx(styles.count)}
          isSelected={filters.kinds.includes(kind)}
          isDisabled={!isListed || counts[kind] === 0}
          data-none={counts[kind] === 0}
          onChange={() => onChange(toggleKinds(filters, [kind]))}
        >
          <span className={styles.title}>
            <i className={styles.sign} data-kind={kind} aria-hidden="true">
              {SIGNS[kind]}
            </i>
            {title}
            {counts[kind] > 0 && <span className={styles.share}>{formatShare(counts[kind] / all)}</span>}
          </span>
          <b className={styles.figure}>{formatCount(counts[kind])}</b>
        </ToggleButton>
      ))}
      <div className={styles.count} data-still="true">
        <span className={styles.title}>
          <span className={styles.long}>Match score</span>
          <span className={styles.share}>
            <Tooltip text="Share of all compared cells that are equal; rows that came or went count whole.">
              <Button className={cx(styles.info)} aria-label="What the score is">
                <Icon name="info" size="small" />
              </Button>
            </Tooltip>
          </span>
        </span>
        <b className={styles.figure}>{isListed || status === 'same' ? formatShare(score) : 'none'}</b>
      </div>
    </Toolbar>
  );
}
