import { useCallback, useMemo } from 'react';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { callHost } from '../../store/host';
import { DataGrid } from '../../ui/data-grid/data-grid';
import { toGridColumns } from '../../ui/data-grid/grid-columns';
import type { LoadPage } from '../../ui/data-grid/grid-types';
import { formatCount } from '../../ui/format';

/** The rows as they were loaded, under the profiles of their columns. */
export function DataTab({ detail, onRange }: { detail: SourceDetail; onRange: (range: string) => void }) {
  const { name, snapshot, profile, choices } = detail;
  const key = choices.find(({ id }) => id === 'key')?.value ?? '';
  const columns = useMemo(
    () => toGridColumns(profile, { profile, keys: key.split(',').map((column) => column.trim()) }),
    [profile, key],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another snapshot holds other rows
  const loadPage: LoadPage = useCallback(
    ({ offset, limit, signal }) => callHost('source.rows', { source: name, offset, limit }, { signal }),
    [name, snapshot],
  );
  const showRange = useCallback(
    ({ first, last, total }: { first: number; last: number; total: number | null }) =>
      onRange(total === null || total === 0 ? '' : rangeText(first, last, total)),
    [onRange],
  );
  return (
    <DataGrid
      label={`Rows of raw.${name}`}
      columns={columns}
      loadPage={loadPage}
      hasProfiles
      onRange={showRange}
      emptyText="No row was loaded"
    />
  );
}

function rangeText(first: number, last: number, total: number): string {
  return `Rows ${formatCount(first + 1)} to ${formatCount(last + 1)} of ${formatCount(total)}`;
}
