import { type DropItem, DropZone, FileTrigger, Text } from 'react-aria-components';
import type { FolderFile } from '../../store/archive';
import { isStaticPage } from '../../store/page';
import type { RawInput } from '../../store/raw-input';
import { getFilePicker } from '../../store/shell';
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
  onFiles: (files: readonly RawInput[]) => void;
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
          ? 'Drop Parquet or CSV files, or a project, here'
          : 'Drop Parquet, CSV or JSON files here'}
      </Text>
      <span className={styles.small}>
        They are read, profiled and kept by hash. The originals stay as they are.
      </span>
      <ChooseFiles onFiles={onFiles} isBusy={isBusy} />
    </DropZone>
  );
}

/** In the system's dialog where its paths can be had, else in the page's. */
function ChooseFiles({ onFiles, isBusy }: Pick<Parameters<typeof DropArea>[0], 'onFiles' | 'isBusy'>) {
  const pick = getFilePicker();
  const take = (input: readonly RawInput[]): void => {
    if (input.length > 0) onFiles(input);
  };
  const button = (
    <Button
      kind="quiet"
      size="small"
      isDisabled={isBusy}
      {...(pick ? { onPress: () => void pick('files').then(take) } : {})}
    >
      Choose files
    </Button>
  );
  if (pick) return button;
  return (
    <FileTrigger
      allowsMultiple
      acceptedFileTypes={TYPES}
      onSelect={(chosen) => take(chosen ? [...chosen] : [])}
    >
      {button}
    </FileTrigger>
  );
}
