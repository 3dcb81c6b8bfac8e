import { memo } from 'react';
import { formatCount } from '../../../ui/format';
import { axisTicks } from './axis';
import type { GridFrame } from './frame';
import styles from './grid.module.css';

const BARS = 32;

interface GridHeadProps {
  readonly frame: GridFrame | null;
  readonly pitch: number;
  readonly width: number;
  readonly rows: readonly number[];
}

/** Above the rows: how many rows were filled in each column, and what the columns are. */
export const GridHead = memo(function GridHead({ frame, pitch, width, rows }: GridHeadProps) {
  const top = rows.reduce((most, count) => Math.max(most, count), 0);
  return (
    <div className={styles.head} aria-hidden="true">
      <span className={styles.headName} title={`At most ${formatCount(Math.round(top))}`}>
        {top > 0 && frame ? `Rows a ${frame.unit}` : ''}
      </span>
      <span className={styles.headTrack} style={{ width }}>
        {top > 0 && <Bars rows={rows} pitch={pitch} width={width} top={top} />}
        {frame &&
          axisTicks(frame, pitch).map(({ column, text }) => (
            <span key={column} className={styles.tick} style={{ left: column * pitch }}>
              {text}
            </span>
          ))}
      </span>
      <span className={styles.count} />
    </div>
  );
});

function Bars(props: { rows: readonly number[]; pitch: number; width: number; top: number }) {
  const { rows, pitch, width, top } = props;
  const bar = (count: number, column: number): string => {
    const height = count === 0 ? 0 : Math.max(1, Math.round((count / top) * BARS));
    return `M${column * pitch} ${BARS}v${-height}h${pitch - 1}v${height}z`;
  };
  return (
    <svg className={styles.bars} width={width} height={BARS} aria-hidden="true">
      <path className={styles.bar} d={rows.map(bar).join('')} />
    </svg>
  );
}
