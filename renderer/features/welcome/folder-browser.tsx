import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { placeText } from '../../../shared/base/errors';
import { useFact } from '../../store/use-fact';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { TextField } from '../../ui/text-field';
import styles from './folder-browser.module.css';

export interface FolderBrowserProps {
  /** the folder shown now; undefined until the host has named its first */
  readonly dir: string | undefined;
  readonly onGo: (dir: string) => void;
  /** a folder that is a project was chosen */
  readonly onProject: (dir: string) => void;
}

/** The folders of the host's machine: a path to type, and a list to walk with Enter. */
export function FolderBrowser({ dir, onGo, onProject }: FolderBrowserProps) {
  const { data, problem } = useFact('app.folders', dir === undefined ? {} : { dir }, { keep: true });
  const [typed, setTyped] = useState<string>();
  const go = (next: string): void => {
    setTyped(undefined);
    onGo(next);
  };
  const shown = data
    ? [...(data.parent === null ? [] : [{ name: '..', dir: data.parent, project: false }]), ...data.folders]
    : [];
  return (
    <>
      <TextField
        label="Folder"
        value={typed ?? dir ?? data?.dir ?? ''}
        onChange={setTyped}
        onSubmit={() => go(typed ?? dir ?? data?.dir ?? '')}
        note="Enter goes there"
        isMono
        autoFocus
      />
      {problem && <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />}
      {!data && !problem && <Skeleton lines={6} />}
      <ListBox
        className={cx(styles.list)}
        aria-label="Folders"
        onAction={(key) => {
          const folder = shown.find((entry) => entry.dir === key);
          if (folder) (folder.project ? onProject : go)(folder.dir);
        }}
      >
        {shown.map((folder) => (
          <ListBoxItem key={folder.dir} id={folder.dir} textValue={folder.name} className={cx(styles.item)}>
            <Icon name={folder.name === '..' ? 'left' : 'folder'} size="small" />
            <span className={styles.name}>{folder.name === '..' ? 'Up' : folder.name}</span>
            {folder.project && <span className={styles.note}>project</span>}
          </ListBoxItem>
        ))}
      </ListBox>
    </>
  );
}
