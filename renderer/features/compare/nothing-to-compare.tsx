import type { EnvironmentView } from '../../../shared/protocol/views/project';
import { chooseEnvironment } from '../../store/choices/environment';
import { goTo } from '../../store/choices/room';
import { useOverview } from '../../store/project';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { countOf } from '../../ui/format';

/** What to do first, where the environment of the window has nothing that differs from prod. */
export function NothingToCompare({ environment }: { environment: EnvironmentView | undefined }) {
  const environments = useOverview().data?.environments ?? [];
  const waiting = environments.filter(({ live, differing }) => !live && differing > 0);
  if (waiting.length > 0)
    return (
      <EmptyState
        icon="compare"
        title={environment?.live ? 'Choose the shadow to compare' : 'Nothing differs here'}
        text={
          environment?.live
            ? 'Prod is what readers see. A shadow waits to replace it; look at what it would change.'
            : `${environment?.name ?? 'This environment'} shows the same versions as prod. Another shadow differs.`
        }
      >
        {waiting.slice(0, 3).map(({ name, differing }, at) => (
          <Button key={name} kind={at === 0 ? 'ink' : 'plain'} onPress={() => chooseEnvironment(name)}>
            Compare {name}, {countOf(differing, 'model')}
          </Button>
        ))}
      </EmptyState>
    );
  return (
    <EmptyState
      icon="compare"
      title="No shadow waits yet"
      text="Change a model on the canvas and fill its history into a shadow; here is then what would change, row by row. Kept releases can be compared above."
    >
      <Button kind="ink" onPress={() => goTo('canvas')}>
        Change a model
      </Button>
      <Button onPress={() => goTo('backfill')}>Plan a backfill</Button>
    </EmptyState>
  );
}
