import styles from './heat-grid.module.css';
import type { HeatMap } from './heat-map';
import { PITCH } from './heat-picture';

/** The words over the map, and a hatched band over spans that were filled under older logic. */
export function HeatAxis({ map: { slots, ticks } }: { map: HeatMap }) {
  return (
    <div className={styles.axis} style={{ width: slots.length * PITCH.x }} aria-hidden="true">
      {ticks.map(({ slot, text }) => (
        <span key={slot} className={styles.tick} style={{ left: slot * PITCH.x }}>
          {text}
        </span>
      ))}
      {slots.map(
        ({ from, isOlder }, at) =>
          isOlder && <i key={from} className={styles.older} style={{ left: at * PITCH.x, width: PITCH.x }} />,
      )}
    </div>
  );
}
