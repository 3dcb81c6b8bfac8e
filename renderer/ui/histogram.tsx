import styles from './histogram.module.css';

export interface HistogramProps {
  readonly bins: readonly number[];
  /** what it shows, for those who cannot see it */
  readonly label: string;
  readonly height?: number;
  /** the index of a bar to look at */
  readonly marked?: number;
}

const WIDTH = 100;

/** Counts as bars of one width, in slate; it fills the width it is given. */
export function Histogram({ bins, label, height = 24, marked }: HistogramProps) {
  const top = Math.max(1, ...bins);
  const step = WIDTH / Math.max(1, bins.length);
  return (
    <svg
      className={styles.chart}
      height={height}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bins.map((count, bin) => {
        const size = count === 0 ? 0 : Math.max(1, (count / top) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is known by its place alone.
            key={bin}
            className={styles.bar}
            data-marked={bin === marked}
            x={bin * step}
            y={height - size}
            width={step * 0.92}
            height={size}
          />
        );
      })}
    </svg>
  );
}
