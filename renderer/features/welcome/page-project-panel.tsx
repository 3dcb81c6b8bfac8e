import { useState } from 'react';
import { safeName } from '../../../shared/project/folder-rules';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import styles from './welcome.module.css';

/** A name for a new project of this browser; there is no place to choose. */
export function PageProjectPanel(props: {
  onCreate: (project: { name: string }) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState('');
  const isNamed = name.trim() !== '';
  const create = (): void => {
    if (isNamed) props.onCreate({ name: safeName(name.trim()) });
  };
  return (
    <section className={styles.side} aria-label="New project">
      <h2 className={styles.sideTitle}>New project</h2>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        onSubmit={create}
        placeholder="City bikes"
        autoFocus
      />
      <p className={styles.small}>
        {isNamed ? "It is kept in this browser's own storage." : 'Give it a name.'}
      </p>
      <div className={styles.sideEnd}>
        <Button kind="quiet" onPress={props.onClose}>
          Back to the projects
        </Button>
        <Button kind="ink" isDisabled={!isNamed} onPress={create}>
          Make the project
        </Button>
      </div>
    </section>
  );
}
