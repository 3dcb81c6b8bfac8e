import { useState } from 'react';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { FolderBrowser } from './folder-browser';
import styles from './welcome.module.css';

/** Where the system's folder dialog cannot be had, a folder is chosen here. */
export function FolderPanel({ onOpen, onClose }: { onOpen: (dir: string) => void; onClose: () => void }) {
  const [dir, setDir] = useState<string>();
  const first = useFact('app.folders', {}).data;
  const shown = dir ?? first?.dir;
  return (
    <section className={styles.side} aria-label="Open a folder">
      <h2 className={styles.sideTitle}>Open a folder</h2>
      <FolderBrowser dir={dir} onGo={setDir} onProject={onOpen} />
      <div className={styles.sideEnd}>
        <Button kind="quiet" onPress={onClose}>
          Back to recent
        </Button>
        <Button
          kind="ink"
          isDisabled={shown === undefined}
          onPress={() => shown !== undefined && onOpen(shown)}
        >
          Open this folder
        </Button>
      </div>
    </section>
  );
}
