import { useState } from 'react';
import { editBlock } from '../../../../shared/project/edit-block';
import { announce } from '../../../ui/announce';
import { Button } from '../../../ui/button';
import { TextField } from '../../../ui/text-field';
import type { SettingLine } from './setting-lines';
import styles from './settings-tab.module.css';
import type { ModelText } from './use-model-text';

interface FormProps {
  readonly line: Pick<SettingLine, 'key' | 'name' | 'written'>;
  readonly model: Pick<ModelText, 'text' | 'write'>;
  readonly onDone: () => void;
}

/** Asks for a property's value as it is written in the block, and puts it into the text that is edited: nothing else of it changes. */
export function SettingForm({ line: { key, name, written }, model, onDone }: FormProps) {
  const [value, setValue] = useState(written ?? '');
  const [error, setError] = useState<string>();
  const set = (next: string | null): void => {
    const edited = editBlock(model.text, [{ name: key, value: next }]);
    if (!edited.ok) {
      setError(edited.problem.message);
      return;
    }
    if (edited.value !== model.text) {
      model.write(edited.value);
      announce(`${name} ${next === null ? 'taken out' : 'set'}, not saved yet`);
    }
    onDone();
  };
  const isMissing = value.trim() === '';
  return (
    <div className={styles.form}>
      <TextField
        label={`${name} as it is written in the block`}
        hideLabel
        value={value}
        onChange={(next) => {
          setValue(next);
          setError(undefined);
        }}
        onSubmit={() => !isMissing && set(value.trim())}
        size="small"
        isMono
        autoFocus
        {...(error === undefined ? {} : { error })}
      />
      <span className={styles.buttons}>
        <Button size="small" kind="ink" onPress={() => set(value.trim())} isDisabled={isMissing}>
          Set
        </Button>
        {written !== null && (
          <Button size="small" onPress={() => set(null)}>
            Take it out
          </Button>
        )}
        <Button size="small" kind="quiet" onPress={onDone}>
          Leave
        </Button>
      </span>
    </div>
  );
}
