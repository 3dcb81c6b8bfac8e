import type { PlanView } from '../../../shared/protocol/views/backfill';
import { goTo } from '../../store/choices/room';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { goToSwap } from './next-steps';

/** A plan that has nothing to do, and where to go from here. */
export function NothingToFill({ plan, onLeave }: { plan: PlanView; onLeave: () => void }) {
  const waiting = useFact('release.list', {}).data?.waiting ?? [];
  const { environment } = plan;
  const isAgain = Object.keys(plan.decision.restatements).length > 0;
  const waits = waiting.some((shadow) => shadow.environment === environment);
  return (
    <EmptyState
      icon="check"
      title="Nothing to fill"
      text={
        waits
          ? `${environment} is filled from these very files; its shadows wait for the swap.`
          : isAgain
            ? 'Those days lie outside of the history of these models.'
            : `Nothing differs from what ${environment} shows, and no history is missing.`
      }
    >
      {waits ? (
        <Button kind="ink" icon="swap" onPress={() => goToSwap(environment)}>
          Go to the swap
        </Button>
      ) : (
        <Button kind="ink" icon="canvas" onPress={() => goTo('canvas')}>
          Edit a model
        </Button>
      )}
      <Button onPress={onLeave}>Plan something else</Button>
    </EmptyState>
  );
}
