import { placeText } from '../../../shared/base/errors';
import type { ReleaseList } from '../../../shared/protocol/views/release';
import { planFor } from '../../store/choices/planning';
import { goTo } from '../../store/choices/room';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { Split } from '../../ui/split';
import { type Chosen, chosenKey, rollbackTarget } from './chosen';
import { DoneLine } from './done-line';
import { ReleasePane } from './release-pane';
import styles from './releases.module.css';
import { RollbackPane } from './rollback-pane';
import { SwapPane } from './swap-pane';
import { Timeline } from './timeline';
import { useChosen } from './use-chosen';
import { useReleaseActions } from './use-release-actions';
import { type Steps, useSteps } from './use-steps';

/** The room where prod moves: what it showed, what waits, and the way there and back. */
export function Releases() {
  const { data: list, problem } = useFact('release.list', {});
  useReleaseActions(list);
  if (!list) {
    if (!problem) return <Skeleton lines={10} />;
    return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
  }
  if (list.releases.length === 0 && list.waiting.length === 0) return <NoRelease />;
  return <ReleaseRoom list={list} />;
}

function ReleaseRoom({ list }: { list: ReleaseList }) {
  const chosen = useChosen(list);
  const steps = useSteps();
  return (
    <Split
      id="releases"
      panels={[
        {
          id: 'timeline',
          size: 336,
          minSize: 224,
          maxSize: 480,
          isFixed: true,
          stackHeight: 220,
          content: <Timeline list={list} selected={chosen && chosenKey(chosen)} />,
        },
        {
          id: 'main',
          minSize: 400,
          content: (
            <div className={styles.main}>
              <DoneLine steps={steps} />
              {chosen && <Panes key={chosenKey(chosen)} list={list} chosen={chosen} steps={steps} />}
            </div>
          ),
        },
      ]}
    />
  );
}

function Panes({ list, chosen, steps }: { list: ReleaseList; chosen: Chosen; steps: Steps }) {
  const to = rollbackTarget(list, chosen);
  return (
    <div className={styles.panes} data-single={to === undefined}>
      {chosen.kind === 'shadow' ? (
        <SwapPane environment={chosen.shadow.environment} steps={steps} />
      ) : (
        <ReleasePane release={chosen.release} />
      )}
      {to !== undefined && <RollbackPane to={to} isOther={chosen.kind === 'shadow'} steps={steps} />}
    </div>
  );
}

function NoRelease() {
  const plan = (): void => {
    planFor({ environment: 'prod' });
    goTo('backfill');
  };
  return (
    <EmptyState
      icon="releases"
      title="Nothing is live yet"
      text="The first fill of prod makes release 1; every swap and rollback after it stands here."
    >
      <Button kind="ink" icon="backfill" onPress={plan}>
        Plan the first fill of prod
      </Button>
    </EmptyState>
  );
}
