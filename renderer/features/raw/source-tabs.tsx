import { useState } from 'react';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { Button } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { type TabItem, Tabs } from '../../ui/tabs';
import { DataTab } from './data-tab';
import { DriftNotes } from './drift-notes';
import { ProfileTab } from './profile-tab';
import styles from './raw.module.css';
import { SnapshotsTab } from './snapshots-tab';
import type { SourceTab, SourceView } from './use-source-view';

/** What is known of a source, in four tabs. */
export function SourceTabs({ detail, view }: { detail: SourceDetail; view: SourceView }) {
  const [range, setRange] = useState('');
  const drifted = detail.drift.filter(({ level }) => level === 'look').length;
  const tabs: TabItem<SourceTab>[] = [
    { id: 'data', title: 'Data', render: () => <DataTab detail={detail} onRange={setRange} /> },
    {
      id: 'profile',
      title: 'Profile',
      count: formatCount(detail.profile.length),
      render: () => <ProfileTab detail={detail} />,
    },
    {
      id: 'snapshots',
      title: 'Snapshots',
      count: formatCount(detail.snapshots.length),
      render: () => <SnapshotsTab snapshots={detail.snapshots} />,
    },
    {
      id: 'drift',
      title: 'Drift',
      ...(drifted > 0 ? { count: drifted } : {}),
      render: () => (
        <div className={styles.page}>
          <DriftNotes detail={detail} />
        </div>
      ),
    },
  ];
  const end = (
    <>
      {view.tab === 'data' && <span className={styles.range}>{range}</span>}
      <Button size="small" onPress={() => view.setNaming(!view.isNaming)}>
        Use in a model
      </Button>
    </>
  );
  return (
    <Tabs label={`raw.${detail.name}`} tabs={tabs} selected={view.tab} onSelect={view.showTab} end={end} />
  );
}
