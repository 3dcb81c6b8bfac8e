import {
  Select as AriaSelect,
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { cx } from './cx';
import { Field } from './field';
import fieldStyles from './field.module.css';
import { Icon } from './icon';
import styles from './popover.module.css';

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly note?: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
  readonly hideLabel?: boolean;
  readonly note?: string;
  readonly size?: 'normal' | 'small';
  readonly isDisabled?: boolean;
  /** stands there while nothing is chosen */
  readonly placeholder?: string;
}

/** One choice of several, out of a list. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const select = (key: unknown): void => {
    const found = props.options.find(({ id }) => id === key);
    if (found) props.onSelect(found.id);
  };
  return (
    <AriaSelect
      className={cx(fieldStyles.field, props.size === 'small' && fieldStyles.small)}
      selectedKey={props.selected}
      onSelectionChange={select}
      isDisabled={props.isDisabled ?? false}
      {...(props.hideLabel ? { 'aria-label': props.label } : {})}
    >
      <Field
        label={props.label}
        hideLabel={props.hideLabel ?? false}
        {...(props.note ? { note: props.note } : {})}
      >
        <Button className={cx(fieldStyles.box)}>
          <SelectValue className={cx(fieldStyles.input, fieldStyles.clip)}>
            {({ selectedText }) =>
              selectedText ||
              (props.options.find(({ id }) => id === props.selected)?.title ?? props.placeholder ?? '')
            }
          </SelectValue>
          <span className={fieldStyles.third}>
            <Icon name="down" size="small" />
          </span>
        </Button>
      </Field>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox className={cx(styles.list)} items={props.options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className={cx(styles.item)}>
              {({ isSelected }) => (
                <>
                  <span className={styles.icon}>{isSelected && <Icon name="check" size="small" />}</span>
                  <span className={styles.text}>
                    {option.title}
                    {option.note && <span className={styles.note}>{option.note}</span>}
                  </span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
