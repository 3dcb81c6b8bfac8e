import { useRef } from 'react';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { countOf, formatCount } from '../../ui/format';
import { Segmented } from '../../ui/segmented';
import { Switch } from '../../ui/switch';
import { type CompareView, setCompareLayout } from './compare-view';
import styles from './diff-rows.module.css';
import { type Filters, isFiltered, NO_FILTERS, removeKind } from './filters';
import { partitionName } from './timeline';

export interface RowsHeadProps {
  readonly model: ModelComparison;
  readonly view: CompareView;
  readonly total: number | null;
  /** whether any row is there on both sides and differs */
  readonly hasChanged: boolean;
}

/** The filters in force, how many rows they leave, and how the rows are laid out. */
export function RowsHead({ model, view, total, hasChanged }: RowsHeadProps) {
  const { filters } = view;
  const title = useRef<HTMLHeadingElement>(null);
  const setFilters = (next: Filters): void => {
    view.setFilters(next);
    // The chip that had the focus is gone.
    title.current?.focus();
  };
  const { added, removed, changed } = model.counts;
  const all = added + removed + changed;
  return (
    <header className={styles.head}>
      <h3 ref={title} tabIndex={-1}>
        Rows
      </h3>
      <FilterChips model={model} filters={filters} onChange={setFilters} />
      {total !== null && (
        <span className={styles.total} role="status">
          {isFiltered(filters) ? `${formatCount(total)} of ${formatCount(all)}` : countOf(total, 'row')}
        </span>
      )}
      {countChips(filters) > 1 && (
        <Button kind="quiet" size="small" onPress={() => setFilters(NO_FILTERS)}>
          Clear
        </Button>
      )}
      <span className={styles.end}>
        <Switch
          isOn={view.changedOnly && hasChanged}
          isDisabled={!hasChanged}
          onChange={(changedOnly) => setCompareLayout({ changedOnly })}
        >
          Changed columns only
        </Switch>
        <Segmented
          label="Old and new"
          size="small"
          segments={[
            { id: 'line', content: 'In line' },
            { id: 'beside', content: 'Side by side' },
          ]}
          selected={view.isBeside ? 'beside' : 'line'}
          onSelect={(id) => setCompareLayout({ isBeside: id === 'beside' })}
        />
      </span>
    </header>
  );
}

interface FilterChipsProps {
  readonly model: ModelComparison;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

function FilterChips({ model, filters, onChange }: FilterChipsProps) {
  const { kinds, span, column } = filters;
  return (
    <>
      {kinds.map((kind) => (
        <Chip key={kind} onRemove={() => onChange(removeKind(filters, kind))} remove={`Remove ${kind}`}>
          {kind}
        </Chip>
      ))}
      {span && (
        <Chip
          onRemove={() => onChange({ ...filters, span: null })}
          remove={`Remove ${partitionName(span.from, model.partitionUnit)}`}
        >
          {partitionName(span.from, model.partitionUnit)}
        </Chip>
      )}
      {column !== null && (
        <Chip onRemove={() => onChange({ ...filters, column: null })} remove={`Remove ${column}`}>
          {column}
        </Chip>
      )}
    </>
  );
}

function countChips({ kinds, span, column }: Filters): number {
  return kinds.length + (span ? 1 : 0) + (column === null ? 0 : 1);
}
