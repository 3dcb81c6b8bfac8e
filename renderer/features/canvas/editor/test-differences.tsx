import type { TestDifference } from '../../../../shared/protocol/views/quality';
import { countOf } from '../../../ui/format';
import { SmallTable } from '../../../ui/small-table';
import styles from './quality.module.css';
import { differenceWords } from './test-words';

const MOST_ROWS = 50;

/** The rows that a test expected and that did not come, and those that came instead. */
export function TestDifferences({ test, difference }: { test: string; difference: TestDifference }) {
  const { columns, rows } = difference;
  const shown = rows.slice(0, MOST_ROWS).map((row, at) => ({ ...row, key: String(at) }));
  const words = differenceWords(difference);
  return (
    <div>
      <p className={styles.differenceHead}>{words}</p>
      <div className={styles.difference}>
        <SmallTable
          label={`Rows that differ in ${test}`}
          rows={shown}
          rowKey={({ key }) => key}
          columns={[
            {
              id: 'side',
              title: 'Row',
              render: ({ side }) => (
                <span className={styles.side}>
                  <span aria-hidden="true">{side === 'missing' ? '−' : '+'}</span>
                  {side === 'missing' ? 'expected' : 'came'}
                </span>
              ),
            },
            ...columns.map((name, at) => ({
              id: `${name} ${at}`,
              title: name,
              render: ({ values }: { values: TestDifference['rows'][number]['values'] }) =>
                values[at] ?? <span className={styles.null}>NULL</span>,
            })),
          ]}
        />
      </div>
      {rows.length > MOST_ROWS && (
        <p className={styles.quiet}>
          The first {MOST_ROWS} of {countOf(rows.length, 'row')} that differ
        </p>
      )}
    </div>
  );
}
