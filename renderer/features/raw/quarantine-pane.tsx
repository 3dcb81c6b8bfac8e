import { useCallback, useMemo, useRef, useState } from 'react';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { callHost } from '../../store/host';
import { useFact } from '../../store/use-fact';
import { ChoiceChips } from '../../ui/choice-chips';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { LoadPage, RenderCell } from '../../ui/data-grid/grid-types';
import { useElementSize } from '../../ui/data-grid/use-element-size';
import { formatCount } from '../../ui/format';
import { Mark } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import { MarkedLine } from './marked-line';
import { lineOf, quarantineColumns, quarantineRow } from './quarantine-grid';
import styles from './raw.module.css';

const ALL = '';

/** The lines that could not be loaded, as they stand in their files, with what is bad in them marked. */
export function QuarantinePane({ detail }: { detail: SourceDetail }) {
  const { name, snapshot, quarantined, fileNames } = detail;
  const [reason, setReason] = useState(ALL);
  const { data } = useFact('source.quarantine', { source: name, limit: 1 });
  const reasons = data?.reasons ?? [];
  const wanted = reasons.some((found) => found.reason === reason) ? reason : ALL;
  const area = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(area);
  const { columns, letters } = useMemo(
    () => quarantineColumns(fileNames.length > 1, width),
    [fileNames.length, width],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another snapshot holds other lines
  const loadPage: LoadPage = useCallback(
    async ({ offset, limit, signal }) => {
      const input = { source: name, offset, limit, ...(wanted === ALL ? {} : { reason: wanted }) };
      const page = await callHost('source.quarantine', input, { signal });
      return { rows: page.rows.map((row) => quarantineRow(row, columns)), total: page.total };
    },
    [name, snapshot, wanted, columns.length],
  );
  const renderCell: RenderCell = useCallback(
    ({ values }, { id }) =>
      id === 'raw' ? <MarkedLine line={lineOf(values)} letters={letters} /> : undefined,
    [letters],
  );
  const chips = [
    { id: ALL, title: 'All', count: quarantined },
    ...reasons.map((found) => ({ id: found.reason, title: found.reason, count: found.count })),
  ];
  return (
    <section className={styles.pane} aria-label="Quarantined rows">
      <PaneHead
        title={
          <>
            <Mark tone="amber" />
            Quarantined rows
          </>
        }
        note={`${formatCount(quarantined)} kept, none lost`}
        end={<ChoiceChips label="Reason" chips={chips} selected={wanted} onSelect={setReason} isOneLine />}
        hasRule
      />
      <div ref={area} className={styles.fill}>
        <DataGrid
          label="Quarantined rows"
          columns={columns}
          loadPage={loadPage}
          renderCell={renderCell}
          emptyText="No line of that reason"
        />
      </div>
    </section>
  );
}
