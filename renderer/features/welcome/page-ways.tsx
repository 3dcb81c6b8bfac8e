import { useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { FolderFile } from '../../store/archive';
import { cx } from '../../ui/cx';
import { WayFace } from './way-face';
import styles from './welcome.module.css';

export interface PageWaysProps {
  readonly openArchive: (file: File) => void;
  readonly openFiles: (files: readonly FolderFile[]) => void;
  readonly isBusy: boolean;
}

/** The ways into a project that was elsewhere before: its ZIP, or its folder. */
export function PageWays({ openArchive, openFiles, isBusy }: PageWaysProps) {
  const zip = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <>
      <AriaButton className={cx(styles.way)} onPress={() => zip.current?.click()} isDisabled={isBusy}>
        <WayFace
          icon="file"
          title="Open a downloaded project"
          text="The ZIP that Teal or your system packed"
        />
      </AriaButton>
      <AriaButton className={cx(styles.way)} onPress={() => folder.current?.click()} isDisabled={isBusy}>
        <WayFace
          icon="folder"
          title="Open a folder"
          text="A Teal or SQLMesh project; it is copied into this browser"
        />
      </AriaButton>
      <input
        ref={zip}
        type="file"
        accept=".zip"
        hidden
        aria-label="ZIP of a project"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) openArchive(file);
          target.value = '';
        }}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder of a project"
        {...{ webkitdirectory: '' }}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])].map((file) => ({ path: file.webkitRelativePath, file }));
          if (files.length > 0) openFiles(files);
          target.value = '';
        }}
      />
    </>
  );
}
