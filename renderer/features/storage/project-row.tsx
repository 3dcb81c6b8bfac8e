import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { RecentProject } from '../../../shared/protocol/views/project';
import type { StorageView } from '../../../shared/protocol/views/storage';
import { downloadProject, removeProject } from '../../store/page-projects';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { formatAgo, formatBytes } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { Mark, type MarkTone } from '../../ui/mark';
import { Menu } from '../../ui/menu';
import styles from './page-projects.module.css';

type StoredProject = StorageView['projects'][number];

const MARKS: Readonly<Record<RecentProject['state'], MarkTone>> = {
  live: 'live',
  shadow: 'shadow',
  late: 'amber',
  none: 'none',
  missing: 'none',
};

export interface ProjectRowProps {
  readonly project: StoredProject;
  readonly recent: RecentProject | undefined;
  readonly onOpen: (dir: string) => void;
}

/** One project: opened by a press, with its download and its removal beside it. */
export function ProjectRow({ project, recent, onOpen }: ProjectRowProps) {
  const [isRemoving, setRemoving] = useState(false);
  const { dir, name, bytes, elsewhere } = project;
  const note = elsewhere ? 'Open in another tab' : (recent?.note ?? 'Not opened yet');
  return (
    <div className={styles.row}>
      <AriaButton className={cx(styles.open)} onPress={() => onOpen(dir)}>
        <Mark tone={MARKS[recent?.state ?? 'none']} />
        <span className={styles.text}>
          <span className={styles.name}>{recent?.name ?? name}</span>
          <span className={styles.small}>
            {name}, {formatBytes(bytes)}. {note}
          </span>
        </span>
        <span className={styles.small}>{recent && formatAgo(recent.openedAt)}</span>
      </AriaButton>
      <RowMenu project={project} onRemove={() => setRemoving(true)} />
      {isRemoving && <Removal project={project} onEnd={() => setRemoving(false)} />}
    </div>
  );
}

function RowMenu({ project, onRemove }: { project: StoredProject; onRemove: () => void }) {
  const { dir, name, bytes, warehouseBytes } = project;
  const entries = [
    {
      id: 'files',
      title: 'Download the project',
      note: `${formatBytes(bytes - warehouseBytes)}: files and raw data`,
      icon: 'export' as const,
      run: () => void downloadProject(dir, false),
    },
    {
      id: 'all',
      title: 'Download with the warehouse',
      note: `${formatBytes(bytes)}: versions, releases and history too`,
      icon: 'export' as const,
      run: () => void downloadProject(dir, true),
    },
    { id: 'remove', title: 'Remove from this browser', icon: 'x' as const, run: onRemove },
  ];
  return (
    <Menu label={`More on ${name}`} groups={[{ id: 'project', entries }]}>
      <IconButton icon="dots" label={`More on ${name}`} size="small" />
    </Menu>
  );
}

/** Asks before: this cannot be taken back. */
function Removal({ project, onEnd }: { project: StoredProject; onEnd: () => void }) {
  const { dir, name, bytes, elsewhere } = project;
  return (
    <div className={styles.removal} role="alert">
      <p className={styles.small}>
        {elsewhere
          ? `${name} is open in another tab. Close it there first.`
          : `${name} and its ${formatBytes(bytes)} are gone then: files, raw data, versions and history. Download it before if you want it again.`}
      </p>
      <Button
        size="small"
        kind="ink"
        isDisabled={elsewhere}
        onPress={() => void removeProject(dir).then(onEnd)}
      >
        {`Remove ${formatBytes(bytes)}`}
      </Button>
      <Button size="small" kind="quiet" onPress={onEnd} autoFocus>
        Keep it
      </Button>
    </div>
  );
}
