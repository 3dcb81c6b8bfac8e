import { placeText } from '../../../shared/base/errors';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { BackfillFrame } from './backfill-frame';
import { PickScreen } from './pick-screen';
import { PlanScreen } from './plan-screen';
import { RunScreen } from './run-screen';
import { useBackfill } from './use-backfill';
import { useBriefActions } from './use-brief-actions';

/** The room of plans and runs: what will be written at the left, how far it is at the right. */
export function Backfill() {
  const view = useBackfill();
  useBriefActions();
  switch (view.kind) {
    case 'loading':
      return <BackfillFrame card={<Skeleton lines={9} />} main={<Skeleton lines={6} />} />;
    case 'problem':
      return <ProblemPanel problem={{ ...view.problem, where: placeText(view.problem.place) }} />;
    case 'run':
      return <RunScreen key={view.run.id} run={view.run} plan={view.plan} />;
    case 'plan':
      return <PlanScreen key={JSON.stringify(view.planning)} planning={view.planning} />;
    case 'pick':
      return <PickScreen />;
  }
}
