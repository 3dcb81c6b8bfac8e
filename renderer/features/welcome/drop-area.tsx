import { type DropItem, DropZone, FileTrigger, Text } from 'react-aria-components';
import type { FolderFile } from '../../store/archive';
import { isStaticPage } from '../../store/page';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/icon';
import { readDropped } from './dropped-items';
import styles from './welcome.module.css';

const TYPES = ['.parquet', '.csv', '.tsv', '.json', '.jsonl', '.ndjson', '.gz'];

/** Files are dropped, pasted or chosen here. */
export function DropArea({
  onFiles,
  onFolder,
  isBusy,
}: {
  onFiles: (files: readonly File[]) => void;
  onFolder: (files: readonly FolderFile[]) => void;
  isBusy: boolean;
}) {
  const take = async (items: readonly DropItem[]): Promise<void> => {
    const { files, folder } = await readDropped(items);
    if (folder.length > 0) onFolder(folder);
    else if (files.length > 0) onFiles(files);
  };
  return (
    <DropZone
      aria-label="Drop or paste files"
      className={cx(styles.drop)}
      isDisabled={isBusy}
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => void take(items)}
    >
      <Icon name="drop" size="large" />
      <Text slot="label" className={cx(styles.dropTitle)}>
        {isStaticPage()
          ? 'Drop Parquet, CSV or JSON files, or a project, here'
          : 'Drop Parquet, CSV or JSON files here'}
      </Text>
      <span className={styles.small}>
        They are read, profiled and kept by hash. The originals stay as they are.
      </span>
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={TYPES}
        onSelect={(chosen) => {
          if (chosen && chosen.length > 0) onFiles([...chosen]);
        }}
      >
        <Button kind="quiet" size="small" isDisabled={isBusy}>
          Choose files
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
