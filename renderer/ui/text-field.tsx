import { TextField as AriaTextField, FieldError, Input, TextArea } from 'react-aria-components';
import { cx } from './cx';
import { Field } from './field';
import styles from './field.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** on Enter */
  readonly onSubmit?: () => void;
  readonly hideLabel?: boolean;
  readonly placeholder?: string;
  readonly note?: string;
  readonly error?: string;
  readonly size?: 'normal' | 'small';
  readonly isMono?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** more than one line */
  readonly rows?: number;
  readonly className?: string;
}

export function TextField(props: TextFieldProps) {
  const { rows, placeholder = '' } = props;
  const inputClass = cx(styles.input, props.isMono && styles.mono);
  return (
    <AriaTextField
      className={cx(styles.field, props.size === 'small' && styles.small, props.className)}
      value={props.value}
      onChange={props.onChange}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !rows) props.onSubmit?.();
        else event.continuePropagation();
      }}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.error !== undefined}
      autoFocus={props.autoFocus ?? false}
      {...(props.hideLabel ? { 'aria-label': props.label } : {})}
    >
      <Field
        label={props.label}
        hideLabel={props.hideLabel ?? false}
        {...(props.note ? { note: props.note } : {})}
      >
        {rows ? (
          <TextArea
            className={cx(styles.box, styles.area, props.isMono && styles.mono)}
            rows={rows}
            placeholder={placeholder}
          />
        ) : (
          <span className={styles.box}>
            <Input className={inputClass} placeholder={placeholder} spellCheck={false} />
          </span>
        )}
        <FieldError className={cx(styles.error)}>{props.error ?? ''}</FieldError>
      </Field>
    </AriaTextField>
  );
}
