import type { ReactNode } from 'react';
import type { ColumnMatch, DiffRow, ModelComparison } from '../../../shared/protocol/views/compare';
import { Chip } from '../../ui/chip';
import { cellText } from '../../ui/data-grid/cell-text';
import { NewValue, OldValue } from './diff-cell';
import { diffCell, SIGNS } from './diff-values';
import styles from './inspector.module.css';

const TONES = { added: 'shadow', removed: 'live', changed: 'plain' } as const;

/** One row in full: every column, old beside new; equal values stand once for both. */
export function RowInspector(props: { model: ModelComparison; row: DiffRow; end: ReactNode }) {
  const { model, row, end } = props;
  const values = row.new ?? row.old ?? [];
  const key = model.columns.flatMap((column, at) => (column.key ? [cellText(values[at])] : []));
  return (
    <>
      <header className={styles.head}>
        <h3 className={styles.title}>{key.join(', ') || 'Row'}</h3>
        <Chip tone={TONES[row.kind]}>
          {SIGNS[row.kind]} {row.kind}
        </Chip>
        <span className={styles.end}>{end}</span>
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" data-side="old">
              Old
            </th>
            <th scope="col" data-side="new">
              New
            </th>
          </tr>
        </thead>
        <tbody>
          {model.columns.map((column, at) => (
            <RowLine key={column.name} column={column} at={at} row={row} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function RowLine({ column, at, row }: { column: ColumnMatch; at: number; row: DiffRow }) {
  const cell = diffCell(row, { at, name: column.name });
  if (row.kind === 'changed' && !cell.isChanged)
    return (
      <tr>
        <th scope="row">{column.name}</th>
        <td colSpan={2}>{cellText(cell.new)}</td>
      </tr>
    );
  return (
    <tr data-changed={cell.isChanged}>
      <th scope="row">{column.name}</th>
      <td>{cell.hasOld && <OldValue value={cell.old} />}</td>
      <td>{cell.hasNew && <NewValue value={cell.new} />}</td>
    </tr>
  );
}
