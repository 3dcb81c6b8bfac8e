import styles from './gauges.module.css';

const WIDTH = 160;
const HEIGHT = 24;

/** A line without axes: how a figure went. The largest of the values, or `top`, is at its upper edge. */
export function Sparkline(props: { values: readonly number[]; tone?: 'plain' | 'shadow'; top?: number }) {
  const { values, tone = 'plain' } = props;
  const top = Math.max(props.top ?? 0, ...values) || 1;
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)},${(HEIGHT - 1.5 - (value / top) * 20).toFixed(1)}`,
  );
  return (
    <svg
      className={styles.line}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {values.length > 1 && (
        <polyline
          className={styles.stroke}
          data-tone={tone}
          points={points.join(' ')}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
