import { useState } from 'react';
import { goTo } from '../../store/choices/room';
import { selectModel } from '../../store/choices/selection';
import { notify } from '../../store/notices';
import { useCommand } from '../../store/use-command';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import styles from './raw.module.css';

/** Asks for the name of a model that reads the source, adds it, and shows it on the canvas. */
export function UseInModel({ source, onClose }: { source: string; onClose: () => void }) {
  const [name, setName] = useState(`stg.${source}`);
  const create = useCommand('model.create');
  const add = async (): Promise<void> => {
    const result = await create.run({ name: name.trim(), from: `raw.${source}` });
    if (!result.ok) return;
    const { id, file } = result.value;
    notify({ tone: 'done', text: `Added ${id} in ${file}.` });
    onClose();
    selectModel(id);
    goTo('canvas');
  };
  const { problem } = create;
  return (
    <section
      className={styles.naming}
      aria-label="Use in a model"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <span className={styles.namingText}>New model from raw.{source}</span>
      <TextField
        className={styles.namingField ?? ''}
        label="Name of the model"
        hideLabel
        value={name}
        onChange={(next) => {
          create.clear();
          setName(next);
        }}
        onSubmit={() => void add()}
        size="small"
        isMono
        autoFocus
        {...(problem ? { error: [problem.message, problem.remedy].filter(Boolean).join(' ') } : {})}
      />
      <Button
        kind="ink"
        size="small"
        isDisabled={name.trim() === ''}
        isPending={create.running}
        onPress={() => void add()}
      >
        Add the model
      </Button>
      <Button kind="quiet" size="small" onPress={onClose}>
        Cancel
      </Button>
    </section>
  );
}
