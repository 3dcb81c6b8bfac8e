import { useState } from 'react';
import type { ReadingChoice } from '../../../shared/protocol/views/raw';
import { IconButton } from '../../ui/icon-button';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { choiceLabel } from './choice-edits';
import styles from './reading-pane.module.css';

/** Choices that take other values than those on offer, with an example of one. */
const FREE: Partial<Record<ReadingChoice['id'], string>> = {
  delimiter: ';',
  quote: "'",
  timestampformat: '%d.%m.%Y %H:%M',
  nullstr: 'n/a',
  key: 'column, column',
};
const OTHER = 'other';
/** stands before values, so that the empty one has an id too */
const VALUE = '=';

export interface ReadingChoiceFieldProps {
  readonly choice: ReadingChoice;
  /** the changed value; undefined while it is as the file was read */
  readonly edited: string | undefined;
  readonly isDisabled: boolean;
  readonly onChoose: (value: string) => void;
}

/** One choice: its value, out of a list or typed, over what stands behind it. */
export function ReadingChoiceField(props: ReadingChoiceFieldProps) {
  const { choice, edited, isDisabled, onChoose } = props;
  const { id, label, options } = choice;
  const [isTyping, setTyping] = useState(false);
  const value = edited ?? choice.value;
  const isListed = options.some((option) => option.value === value);
  const isTyped = options.length === 0 || isTyping || !isListed;
  const listed = options.map((option) => ({ id: VALUE + option.value, title: option.label }));
  const offered = FREE[id] === undefined ? listed : [...listed, { id: OTHER, title: 'Another value' }];
  const toList = (): void => {
    setTyping(false);
    onChoose(choice.value);
  };
  return (
    <div className={styles.choice}>
      <span className={styles.label}>{label}</span>
      {isTyped ? (
        <span className={styles.typed}>
          <TextField
            label={label}
            hideLabel
            size="small"
            isMono
            autoFocus={isTyping}
            value={value}
            onChange={onChoose}
            placeholder={FREE[id] ?? ''}
            isDisabled={isDisabled}
          />
          {options.length > 0 && (
            <IconButton icon="x" size="small" label={`Choose ${label} from the list`} onPress={toList} />
          )}
        </span>
      ) : (
        <Select
          label={label}
          hideLabel
          size="small"
          options={offered}
          selected={VALUE + value}
          onSelect={(chosen) => (chosen === OTHER ? setTyping(true) : onChoose(chosen.slice(VALUE.length)))}
          isDisabled={isDisabled}
        />
      )}
      <span className={styles.evidence} data-changed={edited !== undefined}>
        {edited === undefined ? choice.evidence : `changed, was ${choiceLabel(choice, choice.value)}`}
      </span>
    </div>
  );
}
