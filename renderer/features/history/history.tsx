import { useMemo, useState } from 'react';
import { placeText } from '../../../shared/base/errors';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { goTo } from '../../store/choices/room';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { Split } from '../../ui/split';
import styles from './history.module.css';
import { RecordFilters } from './record-filters';
import { everything, filterRecords, groupByDay } from './record-lines';
import { RecordList } from './record-list';
import { RecordView } from './record-view';
import { useHistoryActions } from './use-history-actions';
import { useRecords } from './use-records';

/** The record of everything that was run, with what it read and wrote. */
export function History() {
  const { records, total, problem } = useRecords();
  const failure = problem && { ...problem, where: placeText(problem.place) };
  if (!records)
    return (
      <div className={styles.room}>
        {failure ? <ProblemPanel problem={failure} /> : <Skeleton lines={16} height="data" />}
      </div>
    );
  return (
    <div className={styles.room}>
      {failure && <ProblemPanel problem={failure} />}
      {total === 0 ? (
        <EmptyState
          icon="history"
          title="Nothing was run yet"
          text="Every import, backfill, comparison, swap and rollback is recorded here, with its inputs."
        >
          <Button onPress={() => goTo('raw')}>Go to raw data</Button>
          <Button onPress={() => goTo('backfill')}>Plan a backfill</Button>
        </EmptyState>
      ) : (
        <Records records={records} />
      )}
    </div>
  );
}

function Records({ records }: { records: readonly HistoryEntry[] }) {
  const [filter, setFilter] = useState(everything);
  const [chosen, setChosen] = useState<string>();
  const shown = useMemo(() => filterRecords(records, filter), [records, filter]);
  const lines = useMemo(() => groupByDay(shown), [shown]);
  const selected = shown.find(({ id }) => id === chosen) ?? shown[0];
  useHistoryActions({ selected, setFilter });
  const list = (
    <section className={styles.list} aria-label="Records">
      <RecordFilters records={records} shown={shown.length} filter={filter} onFilter={setFilter} />
      {shown.length === 0 ? (
        <EmptyState title="No such record" text="Nothing fits the search and the filters.">
          <Button onPress={() => setFilter(everything)}>Show all records</Button>
        </EmptyState>
      ) : (
        <RecordList key={JSON.stringify(filter)} lines={lines} selected={selected?.id} onSelect={setChosen} />
      )}
    </section>
  );
  return (
    <Split
      id="history"
      panels={[
        { id: 'list', minSize: 440, stackHeight: 400, content: list },
        {
          id: 'record',
          size: 384,
          minSize: 296,
          maxSize: 640,
          isFixed: true,
          stackHeight: 480,
          content: selected ? <RecordView key={selected.id} record={selected} /> : <div />,
        },
      ]}
    />
  );
}
