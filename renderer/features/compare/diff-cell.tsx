import type { DiffRow } from '../../../shared/protocol/views/compare';
import { cellText, isNull } from '../../ui/data-grid/cell-text';
import text from '../../ui/text.module.css';
import styles from './diff-cell.module.css';
import { type DiffColumn, diffCell, SIGNS } from './diff-values';

/** A cell of the row grid: old struck with a minus on blue, new with a plus on green; else the plain value. */
export function DiffCellView({ row, column }: { row: DiffRow; column: DiffColumn }) {
  if (column.at < 0) return <RowSign kind={row.kind} />;
  const cell = diffCell(row, column);
  const showsOld = column.side !== 'new';
  const showsNew = column.side !== 'old';
  if (cell.isChanged)
    return (
      <span className={styles.pair}>
        {showsOld && <OldValue value={cell.old} />}
        {showsNew && <NewValue value={cell.new} />}
      </span>
    );
  if (row.kind === 'removed') return showsOld && <s className={styles.gone}>{cellText(cell.old)}</s>;
  if (row.kind === 'added') return showsNew && <span className={styles.come}>{cellText(cell.new)}</span>;
  const value = showsNew ? cell.new : cell.old;
  return <span className={isNull(value) ? styles.null : ''}>{cellText(value)}</span>;
}

export function OldValue({ value }: { value: unknown }) {
  return (
    <span className={styles.old}>
      <span aria-hidden="true">− </span>
      <span className={text.hidden}>old </span>
      <s>{cellText(value)}</s>
    </span>
  );
}

export function NewValue({ value }: { value: unknown }) {
  return (
    <span className={styles.new}>
      <span aria-hidden="true">+ </span>
      <span className={text.hidden}>new </span>
      {cellText(value)}
    </span>
  );
}

function RowSign({ kind }: { kind: DiffRow['kind'] }) {
  return (
    <span className={styles.sign} data-kind={kind}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      <span className={text.hidden}>{kind}</span>
    </span>
  );
}
