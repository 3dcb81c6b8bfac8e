import { useMemo, useState } from 'react';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { Button } from '../../ui/button';
import { countOf } from '../../ui/format';
import styles from './column-map.module.css';
import { ColumnRows } from './column-rows';
import { type CompareView, setCompareLayout } from './compare-view';
import { toggleCell, toggleColumn, toggleKinds } from './filters';
import { HeatGrid } from './heat-grid';
import { HeatLegend } from './heat-legend';
import { buildHeatMap } from './heat-map';
import { PITCH } from './heat-picture';
import { PartitionTable } from './partition-table';

/** Columns shown at first; the rest of a wide table matches, since what differs comes first. */
const SHOWN = 24;

/** Where it changed and in which columns: a map of columns by partitions, and how far each column matches. */
export function ColumnMap({ model, view }: { model: ModelComparison; view: CompareView }) {
  const [isWhole, setWhole] = useState(false);
  const differing = model.columns.filter(({ differ }) => differ > 0).length;
  const limit = isWhole ? Number.POSITIVE_INFINITY : Math.max(SHOWN, differing);
  const map = useMemo(() => buildHeatMap(model, limit), [model, limit]);
  const hidden = model.key.length === 0 ? 0 : model.columns.length - limit;
  const isTable = view.isTable && map.slots.length > 0;
  const pickColumn = (column: string | null): void => {
    if (column === null) {
      view.setFilters(toggleKinds(view.filters, ['added', 'removed']));
      return;
    }
    const differs = model.columns.some(({ name, differ }) => name === column && differ > 0);
    if (differs) view.setFilters(toggleColumn(view.filters, column));
    view.inspect({ kind: 'column', column });
  };
  if (map.rows.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Where it changed">
      {isTable ? (
        <PartitionTable model={model} map={map} view={view} />
      ) : (
        <div className={styles.scroller}>
          <div
            className={styles.map}
            style={{ ['--map-width' as string]: `${map.slots.length * PITCH.x}px` }}
          >
            <ColumnRows model={model} map={map} filters={view.filters} onPick={pickColumn} />
            {map.slots.length > 0 && (
              <HeatGrid
                model={model}
                map={map}
                filters={view.filters}
                onPick={(partition, column) => view.setFilters(toggleCell(view.filters, partition, column))}
              />
            )}
          </div>
          {hidden > 0 && (
            <Button kind="quiet" size="small" icon="down" onPress={() => setWhole(true)}>
              Show {countOf(hidden, 'more column')} that match
            </Button>
          )}
        </div>
      )}
      {map.slots.length > 0 && (
        <HeatLegend
          model={model}
          map={map}
          isTable={isTable}
          onTable={(next) => setCompareLayout({ isTable: next })}
        />
      )}
    </section>
  );
}
