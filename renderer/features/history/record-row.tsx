import { memo, type ReactNode } from 'react';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { formatCount, formatSeconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { EnvironmentName } from './environment-name';
import styles from './history.module.css';
import { OutcomeSign } from './outcome-sign';
import { kindWords } from './record-words';

export interface RecordRowProps {
  readonly record: HistoryEntry;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

/** One record; of what it does not have, the cell stays empty. */
export const RecordRow = memo(function RecordRow(props: RecordRowProps) {
  const { record, isSelected, onSelect, id, index, top, height } = props;
  const { kind, title, seconds, rows, release, user } = record;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={styles.row}
      style={{ top, height }}
      onClick={() => onSelect(record.id)}
    >
      <Cell column="Record">
        <span className={styles.icon} title={kindWords[kind].title}>
          <Icon name={kindWords[kind].icon} size="small" />
        </span>
        <span className={styles.hidden}>{kindWords[kind].title}: </span>
        <span className={styles.clip} title={title}>
          {title}
        </span>
      </Cell>
      <Cell column="Environment">{kind !== 'import' && <EnvironmentName name={record.environment} />}</Cell>
      <Cell column="By">
        <span className={styles.clip}>{user}</span>
      </Cell>
      <Cell column="Commit">
        <Commit record={record} />
      </Cell>
      <Cell column="Started">{record.startedAt.slice(11, 16)}</Cell>
      <Cell column="Took">{seconds === null ? '' : formatSeconds(seconds)}</Cell>
      <Cell column="Rows">{rows === 0 ? '' : formatCount(rows)}</Cell>
      <Cell column="Outcome">
        <OutcomeSign outcome={record.outcome} />
      </Cell>
      <Cell column="Release">{release ?? ''}</Cell>
    </div>
  );
});

function Cell({ column, children }: { column: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
    // biome-ignore lint/a11y/useSemanticElements: cells are placed by hand, which table parts cannot be
    <span role="gridcell" className={styles.cell} data-column={column}>
      {children}
    </span>
  );
}

/** The commit of a record; a star where files were changed beside it. */
function Commit({ record: { commit, dirty } }: { record: HistoryEntry }) {
  if (commit === '') return null;
  return (
    <span className={styles.commit} title={dirty ? 'With changes that were not committed' : undefined}>
      {commit.slice(0, 7)}
      {dirty && <span className={styles.dirty}>*</span>}
      {dirty && <span className={styles.hidden}>, with changes not committed</span>}
    </span>
  );
}
