import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './choice-chips.module.css';
import { cx } from './cx';
import { formatCount } from './format';

interface ChoiceChip<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number;
}

export interface ChoiceChipsProps<Id extends string> {
  readonly label: string;
  readonly chips: readonly ChoiceChip<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** scrolls sideways where there is no room, instead of taking more lines */
  readonly isOneLine?: boolean;
}

/** Filters of which one holds, each with how much it leaves: one tab stop, arrow keys inside. */
export function ChoiceChips<Id extends string>(props: ChoiceChipsProps<Id>) {
  const select = (keys: Set<Key>): void => {
    const found = props.chips.find(({ id }) => keys.has(id));
    if (found) props.onSelect(found.id);
  };
  return (
    <ToggleButtonGroup
      className={cx(styles.group)}
      aria-label={props.label}
      data-one-line={props.isOneLine ?? false}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.selected]}
      onSelectionChange={select}
    >
      {props.chips.map(({ id, title, count }) => (
        <ToggleButton key={id} id={id} className={cx(styles.chip)}>
          {title}
          {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
