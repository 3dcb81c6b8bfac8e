import { SearchField as AriaSearchField, Input } from 'react-aria-components';
import { cx } from './cx';
import styles from './field.module.css';
import { Icon } from './icon';
import { Kbd } from './kbd';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** a key shown at the end while empty; it is bound by whoever offers the action */
  readonly keys?: string;
  /** without edge, at the head of a pane */
  readonly isBare?: boolean;
  readonly size?: 'normal' | 'small';
  readonly inputRef?: React.Ref<HTMLInputElement>;
}

/** Text that narrows what is shown; Escape empties it. */
export function SearchField(props: SearchFieldProps) {
  return (
    <AriaSearchField
      className={cx(styles.field, props.size === 'small' && styles.small, props.isBare && styles.bare)}
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
    >
      <span className={styles.box}>
        <span className={styles.third}>
          <Icon name="search" size="small" />
        </span>
        <Input
          className={cx(styles.input)}
          placeholder={props.placeholder ?? props.label}
          spellCheck={false}
          {...(props.inputRef ? { ref: props.inputRef } : {})}
        />
        {props.keys && props.value === '' && <Kbd keys={props.keys} />}
      </span>
    </AriaSearchField>
  );
}
