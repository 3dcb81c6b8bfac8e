import type { ReactNode } from 'react';
import styles from './small-table.module.css';

export interface SmallColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly isNumber?: boolean;
  /** takes the room that the others leave, and clips */
  readonly isWide?: boolean;
  readonly render: (row: Row) => ReactNode;
}

export interface SmallTableProps<Row> {
  readonly label: string;
  readonly columns: readonly SmallColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** A handful of facts in rows of 24; what can be long belongs into a DataGrid. */
export function SmallTable<Row>({ label, columns, rows, rowKey }: SmallTableProps<Row>) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ id, title, isNumber, isWide }) => (
            <th key={id} scope="col" data-number={isNumber} data-wide={isWide}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ id, isNumber, isWide, render }) => (
              <td key={id} data-number={isNumber} data-wide={isWide}>
                {render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
