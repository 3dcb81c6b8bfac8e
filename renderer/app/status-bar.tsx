import { useEffect, useState } from 'react';
import type { Overview } from '../../shared/protocol/views/project';
import { retryConnection, useConnectionState } from '../store/host';
import { isStaticPage, useWorksOffline } from '../store/page';
import { useFact } from '../store/use-fact';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { countOf, formatBytes, formatMinute } from '../ui/format';
import { Mark } from '../ui/mark';
import styles from './status-bar.module.css';

const TICK = 1000;

export function StatusBar({ overview }: { overview: Overview | undefined }) {
  return (
    <footer className={styles.bar}>
      <ConnectionNote />
      {overview ? <ProjectFacts overview={overview} /> : <AppFacts />}
    </footer>
  );
}

function ProjectFacts({ overview }: { overview: Overview }) {
  const { git } = overview;
  const now = useNow();
  return (
    <>
      {git && (
        <span className={styles.clip}>
          {[git.branch, git.commit.slice(0, 7)].filter(Boolean).join(' ')},{' '}
          {git.changedFiles === 0 ? 'nothing changed' : `${countOf(git.changedFiles, 'file')} changed`}
        </span>
      )}
      <span className={styles.clip}>{overview.engine + (isStaticPage() ? ' (in this browser)' : '')}</span>
      <span className={styles.end}>
        Memory {formatBytes(overview.memoryBytes)} of {formatBytes(overview.memoryLimitBytes)}
      </span>
      <span>Warehouse {formatBytes(overview.warehouseBytes)}</span>
      <StorageFacts />
      <span>{formatMinute(new Date(now).toISOString())} UTC</span>
    </>
  );
}

/** What the browser's storage holds and what is left of it. */
function StorageFacts() {
  const { data } = useFact('storage.read', isStaticPage() ? {} : null);
  const worksOffline = useWorksOffline();
  return (
    <>
      {worksOffline && <span>Works offline</span>}
      {data && (
        <span>
          Storage {formatBytes(data.usedBytes)}, {formatBytes(data.freeBytes)} free
        </span>
      )}
    </>
  );
}

function AppFacts() {
  const { data } = useFact('app.info', {});
  return (
    <>
      {data && <span>Teal {data.version}</span>}
      {data && <span>{data.engine + (isStaticPage() ? ' (in this browser)' : '')}</span>}
      <span className={styles.end}>Nothing leaves this computer</span>
      <StorageFacts />
    </>
  );
}

function ConnectionNote() {
  const state = useConnectionState();
  const now = useNow();
  if (state.kind === 'open') return null;
  if (state.kind === 'connecting') return <span role="status">Connecting</span>;
  if (state.refused) {
    return (
      <span className={styles.lost}>
        <Mark tone="amber" />
        <span role="status">Teal does not know this window: open the address that it printed last</span>
      </span>
    );
  }
  if (isStaticPage()) {
    return (
      <span className={styles.lost}>
        <Mark tone="amber" />
        <span role="status">The engine ended and is started anew; what was done is kept</span>
      </span>
    );
  }
  const wait = Math.max(0, Math.ceil((state.retryAt - now) / TICK));
  return (
    <span className={styles.lost}>
      <Mark tone="amber" />
      <span role="status">Connection lost, your work is kept</span>
      <span aria-hidden="true">{wait > 0 ? `next try in ${wait} s` : 'trying'}</span>
      <Button kind="quiet" size="small" onPress={retryConnection} className={cx(styles.retry)}>
        Try now
      </Button>
    </span>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
