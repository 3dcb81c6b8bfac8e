import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { EmptyState } from '../../ui/empty-state';
import { countOf } from '../../ui/format';
import { ColumnMap } from './column-map';
import type { CompareView } from './compare-view';
import { CountRow } from './count-row';
import { DiffRows } from './diff-rows';
import { KeyNote } from './key-note';
import { OneSidedSchema } from './one-sided-schema';
import { SchemaLine } from './schema-line';

export interface ModelChangeProps {
  readonly comparison: Comparison;
  readonly model: ModelComparison;
  readonly view: CompareView;
}

/** One model's change, from counts and schema down to the single cell. */
export function ModelChange(props: ModelChangeProps) {
  const { comparison, model, view } = props;
  return (
    <>
      <CountRow model={model} filters={view.filters} onChange={view.setFilters} />
      {isOneSided(model) ? (
        <OneSidedSchema comparison={comparison} model={model} />
      ) : (
        <>
          <SchemaLine model={model} view={view} />
          <KeyNote comparison={comparison} model={model} />
          {model.status === 'same' ? <SameRows model={model} /> : <Difference {...props} />}
        </>
      )}
    </>
  );
}

function Difference({ comparison, model, view }: ModelChangeProps) {
  const { added, removed, changed } = model.counts;
  return (
    <>
      <ColumnMap key={model.model} model={model} view={view} />
      {added + removed + changed > 0 ? (
        <DiffRows comparison={comparison} model={model} view={view} />
      ) : (
        <EmptyState icon="check" title="No row differs" text="Only the schema changed." />
      )}
    </>
  );
}

function SameRows({ model: { counts, wholeShared } }: { model: ModelComparison }) {
  return (
    <EmptyState
      icon="check"
      title={`${countOf(counts.same, 'row')} equal`}
      text={
        wholeShared
          ? 'Both sides share the same segments, so they are equal without reading a row.'
          : 'Every row that the sides do not share was read, and none differs.'
      }
    />
  );
}

function isOneSided({ status }: ModelComparison): boolean {
  return status === 'added' || status === 'removed';
}
