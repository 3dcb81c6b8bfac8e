import { Button } from 'react-aria-components';
import type { RecentProject } from '../../../shared/protocol/views/project';
import { useFact } from '../../store/use-fact';
import { cx } from '../../ui/cx';
import { formatAgo } from '../../ui/format';
import { Mark, type MarkTone } from '../../ui/mark';
import { Skeleton } from '../../ui/skeleton';
import styles from './welcome.module.css';

const MARKS: Readonly<Record<RecentProject['state'], MarkTone>> = {
  live: 'live',
  shadow: 'shadow',
  late: 'amber',
  none: 'none',
  missing: 'red',
};

/** The projects opened last on this machine. */
export function RecentList({ onOpen }: { onOpen: (dir: string) => void }) {
  const { data, loading } = useFact('app.recent', {});
  return (
    <section className={styles.side} aria-label="Recent projects">
      <h2 className={styles.sideTitle}>Recent</h2>
      {!data && loading && <Skeleton lines={4} />}
      {data?.projects.length === 0 && <p className={styles.small}>Projects that you open are listed here.</p>}
      <ul>
        {data?.projects.map((project) => (
          <li key={project.dir}>
            <Recent project={project} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent({ project, onOpen }: { project: RecentProject; onOpen: (dir: string) => void }) {
  const { dir, name, state, note, openedAt } = project;
  return (
    <Button className={cx(styles.recent)} isDisabled={state === 'missing'} onPress={() => onOpen(dir)}>
      <Mark tone={MARKS[state]} />
      <span className={styles.recentText}>
        <span className={styles.recentName}>
          <span className={styles.medium}>{name}</span>
          <span className={styles.path}>{dir}</span>
        </span>
        <span className={styles.note} data-state={state}>
          {note}
        </span>
      </span>
      <span className={styles.small}>{formatAgo(openedAt)}</span>
    </Button>
  );
}
