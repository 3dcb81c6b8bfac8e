import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { addFiles, useAdding } from './adding';
import { AddingNote } from './adding-note';
import styles from './raw.module.css';
import { pickFiles } from './raw-files';

/** The room of a project without raw data: drop files, or choose them. */
export function NoSources() {
  const isAdding = useAdding(({ adding }) => adding !== undefined);
  return (
    <section className={styles.none} aria-label="Add files">
      <div className={styles.frame}>
        <EmptyState
          icon="drop"
          title="Drop files or a folder here"
          text="Parquet, CSV or JSON, packed or not. Files of one shape become one source; the originals stay as they are."
        >
          <Button kind="ink" isDisabled={isAdding} onPress={() => void pickFiles('files').then(addFiles)}>
            Add files
          </Button>
          <Button isDisabled={isAdding} onPress={() => void pickFiles('folder').then(addFiles)}>
            Add a folder
          </Button>
        </EmptyState>
      </div>
      <AddingNote />
    </section>
  );
}
