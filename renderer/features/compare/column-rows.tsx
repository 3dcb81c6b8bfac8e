import { ToggleButton, Toolbar } from 'react-aria-components';
import type { ColumnMatch, ModelComparison } from '../../../shared/protocol/views/compare';
import { cx } from '../../ui/cx';
import { formatCount, formatShare } from '../../ui/format';
import styles from './column-map.module.css';
import type { Filters } from './filters';
import type { HeatMap } from './heat-map';

export interface ColumnRowsProps {
  readonly model: ModelComparison;
  readonly map: HeatMap;
  readonly filters: Filters;
  /** null is the line of rows that came or went */
  readonly onPick: (column: string | null) => void;
}

/** The lines of the map: a column's name at the left, how far it matches at the right; each lists its rows. */
export function ColumnRows({ model, map, filters, onPick }: ColumnRowsProps) {
  const { added, removed } = model.counts;
  const isMoved = filters.kinds.includes('added') && filters.kinds.includes('removed');
  return (
    <>
      {model.key.length > 0 && <span className={styles.headMatch}>Cells that match</span>}
      <span className={styles.headDiffer}>{model.key.length > 0 ? 'Differ' : 'Rows'}</span>
      <Toolbar className={cx(styles.rows)} orientation="vertical" aria-label="Columns">
        {map.rows.map(({ id, column }) => {
          const found = model.columns.find(({ name }) => name === column);
          return (
            <div
              key={id}
              className={styles.row}
              title={column ?? ''}
              data-quiet={found !== undefined && found.differ === 0}
            >
              <ToggleButton
                className={cx(styles.name)}
                isSelected={column === null ? isMoved : filters.column === column}
                aria-label={found ? rowLabel(found) : `${formatCount(added + removed)} rows added or removed`}
                onChange={() => onPick(column)}
              >
                {column ?? 'added, removed'}
              </ToggleButton>
              {found && !found.key && <Match column={found} />}
              {found?.key && <span className={styles.key}>key</span>}
              {!found?.key && (
                <span className={styles.differ}>{formatCount(found ? found.differ : added + removed)}</span>
              )}
            </div>
          );
        })}
      </Toolbar>
    </>
  );
}

function Match({ column: { match } }: { column: ColumnMatch }) {
  return (
    <>
      <span className={styles.bar}>
        <i style={{ width: `${match === 1 ? 100 : Math.min(98, match * 100)}%` }} />
      </span>
      <span className={styles.match}>{formatShare(match)}</span>
    </>
  );
}

function rowLabel({ name, key, differ, match }: ColumnMatch): string {
  return key ? `${name}, key` : `${name}, ${formatCount(differ)} rows differ, ${formatShare(match)} match`;
}
