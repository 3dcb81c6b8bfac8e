import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { formatAgo, formatCount, formatMinute, formatSeconds } from '../../ui/format';
import { Mark } from '../../ui/mark';
import { EnvironmentName } from './environment-name';
import styles from './history.module.css';
import { kindWords } from './record-words';

/** What is known of every record. */
export function RecordFacts({ record, engine }: { record: HistoryEntry; engine: string }) {
  const { kind, environment, user, commit, dirty, startedAt, seconds, rows, id } = record;
  return (
    <dl className={styles.facts}>
      <Fact name="Kind">{kindWords[kind].title}</Fact>
      {kind !== 'import' && (
        <Fact name="Environment">
          <EnvironmentName name={environment} />
        </Fact>
      )}
      {user && <Fact name="By">{user}</Fact>}
      {commit && (
        <Fact name="Commit">
          <span className={styles.mono}>{commit.slice(0, 10)}</span>
          {dirty && (
            <span className={styles.look}>
              <Mark tone="amber" />
              with changes not committed
            </span>
          )}
        </Fact>
      )}
      <Fact name="Started">
        {formatMinute(startedAt)} UTC, {formatAgo(startedAt)}
      </Fact>
      {seconds !== null && <Fact name="Took">{formatSeconds(seconds)}</Fact>}
      {rows > 0 && <Fact name={kind === 'import' ? 'Rows read' : 'Rows written'}>{formatCount(rows)}</Fact>}
      {engine && <Fact name="Engine">{engine}</Fact>}
      <Fact name="Record">
        <span className={styles.mono}>{id}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
