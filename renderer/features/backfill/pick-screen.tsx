import { EmptyState } from '../../ui/empty-state';
import { BackfillFrame } from './backfill-frame';
import { PlanPicker } from './plan-picker';

/** Nothing runs and nothing is planned: what could be. */
export function PickScreen() {
  return (
    <BackfillFrame
      card={<PlanPicker />}
      main={
        <EmptyState
          icon="backfill"
          title="Nothing is planned"
          text="Choose what to recompute. Teal shows what it would write and what it costs before anything starts."
        />
      }
    />
  );
}
