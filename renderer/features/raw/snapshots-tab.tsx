import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { Chip } from '../../ui/chip';
import { formatAgo, formatBytes, formatCount, formatMinute } from '../../ui/format';
import { Mark } from '../../ui/mark';
import { type SmallColumn, SmallTable } from '../../ui/small-table';
import styles from './raw.module.css';
import { shortId } from './source-words';

type Snapshot = SourceDetail['snapshots'][number];

const COLUMNS: readonly SmallColumn<Snapshot>[] = [
  {
    id: 'id',
    title: 'Snapshot',
    render: ({ id }) => (
      <span className={styles.mono} title={id}>
        {shortId(id)}
      </span>
    ),
  },
  { id: 'at', title: 'Kept at, UTC', render: ({ createdAt }) => formatMinute(createdAt) },
  { id: 'ago', title: 'Age', render: ({ createdAt }) => formatAgo(createdAt) },
  { id: 'files', title: 'Files', isNumber: true, render: ({ files }) => formatCount(files) },
  { id: 'bytes', title: 'Size', isNumber: true, render: ({ bytes }) => formatBytes(bytes) },
  { id: 'rows', title: 'Loaded', isNumber: true, render: ({ rows }) => formatCount(rows) },
  {
    id: 'quarantined',
    title: 'Quarantined',
    isNumber: true,
    render: ({ quarantined }) => (
      <span className={quarantined > 0 ? styles.look : undefined}>
        {quarantined > 0 && <Mark tone="amber" />}
        {formatCount(quarantined)}
      </span>
    ),
  },
  {
    id: 'current',
    title: 'State',
    isWide: true,
    render: ({ current }) => current && <Chip tone="teal">current</Chip>,
  },
];

/** The states of the source that are kept; none of them ever changes. */
export function SnapshotsTab({ snapshots }: { snapshots: readonly Snapshot[] }) {
  return <SmallTable label="Snapshots" columns={COLUMNS} rows={snapshots} rowKey={({ id }) => id} />;
}
