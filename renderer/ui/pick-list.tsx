import type { ReactNode } from 'react';
import {
  SearchField as AriaSearchField,
  Autocomplete,
  Input,
  ListBox,
  ListBoxItem,
  useFilter,
} from 'react-aria-components';
import { cx } from './cx';
import fieldStyles from './field.module.css';
import { Icon, type IconName } from './icon';
import styles from './pick-list.module.css';
import popover from './popover.module.css';

export interface PickOption {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly icon?: IconName;
  /** cannot be picked for the reason in its note, but can be asked for */
  readonly isRefused?: boolean;
}

export interface PickListProps {
  readonly label: string;
  readonly options: readonly PickOption[];
  readonly onPick: (id: string) => void;
  readonly emptyText?: string;
}

/** One of many by name: the focus stays in the field, arrow keys go through what fits, Enter picks. */
export function PickList({ label, options, onPick, emptyText = 'Nothing by that name' }: PickListProps) {
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <div className={styles.pick}>
      <Autocomplete filter={contains}>
        <AriaSearchField className={cx(fieldStyles.field, styles.field)} aria-label={label} autoFocus>
          <span className={fieldStyles.box}>
            <span className={fieldStyles.third}>
              <Icon name="search" size="small" />
            </span>
            <Input className={cx(fieldStyles.input)} placeholder={label} spellCheck={false} />
          </span>
        </AriaSearchField>
        <ListBox
          className={cx(popover.list)}
          aria-label={label}
          items={options}
          onAction={(key) => onPick(String(key))}
          renderEmptyState={() => <p className={styles.none}>{emptyText}</p>}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className={cx(popover.item)}>
              <OptionLine option={option} />
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </div>
  );
}

function OptionLine({ option: { icon, title, note, isRefused } }: { option: PickOption }): ReactNode {
  return (
    <>
      {icon && (
        <span className={popover.icon}>
          <Icon name={icon} size="small" />
        </span>
      )}
      <span className={cx(popover.text, isRefused && styles.refused)}>
        {title}
        {note && <span className={popover.note}>{note}</span>}
      </span>
    </>
  );
}
