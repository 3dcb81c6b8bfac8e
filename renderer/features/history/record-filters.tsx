import { useRef } from 'react';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { useFindAction } from '../../store/use-find-action';
import { ChoiceChips } from '../../ui/choice-chips';
import { countOf, formatCount } from '../../ui/format';
import { SearchField } from '../../ui/search-field';
import { Select } from '../../ui/select';
import styles from './history.module.css';
import { countBy, type RecordFilter } from './record-lines';
import { kindWords, type Outcome, outcomeWords, type RecordKind } from './record-words';

const ALL = 'all';

export interface RecordFiltersProps {
  readonly records: readonly HistoryEntry[];
  readonly shown: number;
  readonly filter: RecordFilter;
  readonly onFilter: (filter: RecordFilter) => void;
}

/** Text, outcome and kind by which records are found; only what occurs is on offer. */
export function RecordFilters({ records, shown, filter, onFilter }: RecordFiltersProps) {
  const input = useRef<HTMLInputElement>(null);
  const keys = useFindAction('history.find', { title: 'Find a record', group: 'History', field: input });
  const kinds = countBy(records, 'kind');
  const outcomes = countBy(records, 'outcome');
  const all = records.length;
  return (
    <div className={styles.filters}>
      <div className={styles.find}>
        <SearchField
          label="Find a record"
          value={filter.text}
          onChange={(text) => onFilter({ ...filter, text })}
          keys={keys}
          size="small"
          inputRef={input}
        />
      </div>
      <div className={styles.outcomes}>
        <Select
          label="Outcome"
          hideLabel
          size="small"
          options={[
            { id: ALL, title: 'Any outcome' },
            ...namesIn(outcomeWords, outcomes).map((id) => ({
              id,
              title: `${outcomeWords[id].title}, ${formatCount(outcomes.get(id) ?? 0)}`,
            })),
          ]}
          selected={filter.outcome ?? ALL}
          onSelect={(id: Outcome | typeof ALL) => onFilter({ ...filter, outcome: id === ALL ? null : id })}
        />
      </div>
      <ChoiceChips
        label="Kind"
        chips={[
          { id: ALL, title: 'All', count: all },
          ...namesIn(kindWords, kinds).map((id) => ({
            id,
            title: kindWords[id].many,
            count: kinds.get(id) ?? 0,
          })),
        ]}
        selected={filter.kind ?? ALL}
        onSelect={(id: RecordKind | typeof ALL) => onFilter({ ...filter, kind: id === ALL ? null : id })}
      />
      <span className={styles.shown} role="status">
        {shown === all ? '' : `${formatCount(shown)} of ${countOf(all, 'record')}`}
      </span>
    </div>
  );
}

function namesIn<Name extends string>(
  words: Readonly<Record<Name, unknown>>,
  counts: ReadonlyMap<Name, number>,
): Name[] {
  return (Object.keys(words) as Name[]).filter((name) => counts.has(name));
}
