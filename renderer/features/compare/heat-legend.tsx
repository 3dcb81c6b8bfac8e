import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { cx } from '../../ui/cx';
import { countOf } from '../../ui/format';
import { Segmented } from '../../ui/segmented';
import styles from './heat-legend.module.css';
import type { HeatMap } from './heat-map';
import { heatLegend } from './heat-scale';
import { unitName } from './timeline';

export interface HeatLegendProps {
  readonly model: ModelComparison;
  readonly map: HeatMap;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
}

/** What the colours and lines of the map mean, and the same as a table. */
export function HeatLegend({ model, map, isTable, onTable }: HeatLegendProps) {
  const unit = unitName(model.partitionUnit);
  const shared = map.slots.filter(({ isShared }) => isShared).length;
  const older = map.slots.filter(({ isOlder }) => isOlder).length;
  return (
    <div className={styles.legend}>
      <span className={styles.group}>
        <span className={styles.word}>Share changed</span>
        {heatLegend(map.top).map((text, step) => (
          <span key={text} className={styles.step}>
            <i className={styles.swatch} data-step={step} />
            {text}
          </span>
        ))}
      </span>
      {shared > 0 && (
        <span className={cx(styles.step, styles.note)}>
          <i className={styles.line} />
          {countOf(shared, unit)} in shared segments, equal unread
        </span>
      )}
      {older > 0 && (
        <span className={cx(styles.step, styles.note)}>
          <i className={styles.older} />
          {countOf(older, unit)} under older logic, not computed again
        </span>
      )}
      <span className={styles.end}>
        <Segmented
          label="Show partitions as"
          size="small"
          segments={[
            { id: 'map', content: 'Map' },
            { id: 'table', content: 'Table' },
          ]}
          selected={isTable ? 'table' : 'map'}
          onSelect={(id) => onTable(id === 'table')}
        />
      </span>
    </div>
  );
}
