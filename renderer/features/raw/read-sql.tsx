import { CodeEditor } from '../../ui/code-editor/code-editor';
import { IconButton } from '../../ui/icon-button';
import { PaneHead } from '../../ui/pane-head';
import styles from './raw.module.css';

/** The statement that reads the files, as it was run. */
export function ReadSql({ sql, onClose }: { sql: string; onClose: () => void }) {
  return (
    <section className={styles.pane} aria-label="SQL of the reading">
      <PaneHead
        title="SQL that reads the files"
        end={<IconButton icon="x" label="Hide SQL" size="small" onPress={onClose} />}
        hasRule
      />
      <div className={styles.fill}>
        <CodeEditor label="SQL of the reading" text={sql} isReadOnly />
      </div>
    </section>
  );
}
