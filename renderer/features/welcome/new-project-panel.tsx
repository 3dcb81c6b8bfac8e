import { useState } from 'react';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { FolderBrowser } from './folder-browser';
import styles from './welcome.module.css';

export interface NewProjectPanelProps {
  readonly onCreate: (project: { dir: string; name: string }) => void;
  readonly onClose: () => void;
}

/** A name and a place for a new project. */
export function NewProjectPanel({ onCreate, onClose }: NewProjectPanelProps) {
  const [name, setName] = useState('');
  const [dir, setDir] = useState<string>();
  const first = useFact('app.folders', {}).data;
  const parent = dir ?? first?.dir;
  const folder = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const target = parent === undefined || folder === '' ? undefined : joinPath(parent, folder);
  const create = (): void => {
    if (target !== undefined) onCreate({ dir: target, name: name.trim() });
  };
  return (
    <section className={styles.side} aria-label="New project">
      <h2 className={styles.sideTitle}>New project</h2>
      <TextField label="Name" value={name} onChange={setName} onSubmit={create} placeholder="City bikes" />
      <FolderBrowser dir={dir} onGo={setDir} onProject={setDir} />
      <p className={styles.small}>{target === undefined ? 'Give it a name.' : `Makes ${target}`}</p>
      <div className={styles.sideEnd}>
        <Button kind="quiet" onPress={onClose}>
          Back to recent
        </Button>
        <Button kind="ink" isDisabled={target === undefined} onPress={create}>
          Make the project
        </Button>
      </div>
    </section>
  );
}

function joinPath(parent: string, name: string): string {
  const separator = parent.includes('\\') ? '\\' : '/';
  return parent.endsWith(separator) ? parent + name : parent + separator + name;
}
