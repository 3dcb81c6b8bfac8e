import { useState } from 'react';
import type { StorageView } from '../../../shared/protocol/views/storage';
import { getUserName, nameUser } from '../../store/page';
import { useFact } from '../../store/use-fact';
import { countOf, formatBytes } from '../../ui/format';
import { Skeleton } from '../../ui/skeleton';
import { TextField } from '../../ui/text-field';
import styles from './page-projects.module.css';
import { ProjectRow } from './project-row';

/** The projects in this browser: what they take, and the room that is left. */
export function PageProjects({ onOpen }: { onOpen: (dir: string) => void }) {
  const { data } = useFact('storage.read', {});
  const recent = useFact('app.recent', {}).data?.projects ?? [];
  return (
    <section className={styles.side} aria-label="Projects in this browser">
      <h2 className={styles.title}>In this browser</h2>
      {!data && <Skeleton lines={4} />}
      {data?.projects.length === 0 && (
        <p className={styles.small}>
          Projects are kept here, in the browser's own storage, and work offline.
        </p>
      )}
      <ul>
        {data?.projects.map((project) => (
          <li key={project.dir}>
            <ProjectRow
              project={project}
              recent={recent.find(({ dir }) => dir === project.dir)}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
      {data && <RoomLine storage={data} />}
      <UserName />
    </section>
  );
}

function RoomLine({ storage }: { storage: StorageView }) {
  const { usedBytes, freeBytes, persisted, projects, low } = storage;
  return (
    <p className={styles.room} data-low={low}>
      {projects.length > 0 && `${countOf(projects.length, 'project')}. `}
      {formatBytes(usedBytes)} used, {formatBytes(freeBytes)} free.{' '}
      {persisted
        ? 'The browser keeps it until you remove it.'
        : 'The browser may clear it when the disk runs short: download what you want to keep.'}
    </p>
  );
}

function UserName() {
  const [name, setName] = useState(getUserName);
  return (
    <TextField
      label="Your name in the record of runs"
      value={name}
      onChange={(next) => {
        setName(next);
        nameUser(next);
      }}
      size="small"
      className={styles.user ?? ''}
    />
  );
}
