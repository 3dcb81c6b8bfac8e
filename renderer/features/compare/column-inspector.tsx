import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ModelComparison, PartitionDiff } from '../../../shared/protocol/views/compare';
import { cx } from '../../ui/cx';
import { countOf, formatCount, formatShare } from '../../ui/format';
import type { CompareView } from './compare-view';
import { toggleCell } from './filters';
import { countIn, shareIn, worstPartitions } from './heat-map';
import styles from './inspector.module.css';
import { partitionName, unitName } from './timeline';

export interface ColumnInspectorProps {
  readonly model: ModelComparison;
  readonly column: string;
  readonly view: CompareView;
  readonly end: ReactNode;
}

const SHOWN = 12;

/** One column: how far it matches, what became of its type, and where it differs most. */
export function ColumnInspector({ model, column, view, end }: ColumnInspectorProps) {
  const found = model.columns.find(({ name }) => name === column);
  const change = model.schema.find((one) => one.column === column);
  const worst = worstPartitions(model, column);
  return (
    <>
      <header className={styles.head}>
        <h3 className={styles.title}>{column}</h3>
        <span className={styles.type}>{found?.type ?? change?.new ?? change?.old}</span>
        <span className={styles.end}>{end}</span>
      </header>
      <dl className={styles.facts}>
        {change && (
          <>
            <dt>Schema</dt>
            <dd>{schemaText(change.change)}</dd>
          </>
        )}
        {change?.change === 'type' && (
          <>
            <dt>Type</dt>
            <dd>
              <s className={styles.old}>{change.old}</s> <span className={styles.new}>{change.new}</span>
            </dd>
          </>
        )}
        {found && !found.key && (
          <>
            <dt>Differs in</dt>
            <dd>{countOf(found.differ, 'row')}</dd>
            <dt>Matches in</dt>
            <dd>{formatShare(found.match)} of rows on both sides</dd>
          </>
        )}
        {found?.key && (
          <>
            <dt>Role</dt>
            <dd>key, by which rows are matched</dd>
          </>
        )}
      </dl>
      {worst.length > 0 && <Worst model={model} column={column} view={view} worst={worst} />}
    </>
  );
}

type WorstProps = Omit<ColumnInspectorProps, 'end'> & { readonly worst: readonly PartitionDiff[] };

function Worst({ model, column, view, worst }: WorstProps) {
  const unit = unitName(model.partitionUnit);
  const most = worst[0] ? countIn(worst[0], column) : 1;
  return (
    <section className={styles.section}>
      <h4 className={styles.heading}>
        Most differences
        <span>
          {worst.length > SHOWN ? `${SHOWN} of ` : ''}
          {countOf(worst.length, unit)}
        </span>
      </h4>
      <ul>
        {worst.slice(0, SHOWN).map((partition) => (
          <li key={partition.from}>
            <AriaButton
              className={cx(styles.bar)}
              aria-pressed={view.filters.span?.from === partition.from}
              onPress={() => view.setFilters(toggleCell(view.filters, partition, column))}
            >
              <span>{partitionName(partition.from, model.partitionUnit)}</span>
              <span className={styles.track}>
                <i style={{ width: `${(countIn(partition, column) / most) * 100}%` }} />
              </span>
              <span className={styles.number}>{formatCount(countIn(partition, column))}</span>
              <span className={styles.share}>{formatShare(shareIn(partition, column), 1)}</span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function schemaText(change: ModelComparison['schema'][number]['change']): string {
  if (change === 'added') return 'added, the old side has no such column';
  if (change === 'removed') return 'removed, the new side has no such column';
  return change === 'moved' ? 'stands at another place than before' : 'the type changed';
}
