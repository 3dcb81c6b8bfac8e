import type { Comparison } from '../../../shared/protocol/views/compare';
import type { Sides } from '../../store/choices/compare';
import { useOverview } from '../../store/project';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { formatAgo, formatSeconds } from '../../ui/format';
import { Mark } from '../../ui/mark';
import styles from './compare-head.module.css';
import { CompareProgress } from './compare-progress';
import { goToSwap } from './go-to-swap';
import { SideSelects } from './side-selects';
import type { ComparisonState } from './use-comparison';
import { useModels } from './use-models';
import type { SidesState } from './use-sides';

const KEY_SOURCES = {
  grain: 'The grain of the model',
  unique_key: 'The unique key of the model',
  given: 'As asked for',
  none: '',
} as const;

/** The verdict first, then what was compared with what, and how. */
export function CompareHead({ sides, state }: { sides: SidesState; state: ComparisonState }) {
  const { comparison, running } = state;
  return (
    <header className={styles.head}>
      <div className={styles.text}>
        <div className={styles.line}>
          <h2 className={styles.verdict}>{comparison?.verdict.text ?? headline(sides, running)}</h2>
          {comparison && state.isStale && (
            <Chip tone="amber">
              <Mark tone="amber" />A side changed since, compare again
            </Chip>
          )}
          {comparison?.verdict.level === 'surprise' && (
            <Chip tone="amber">
              <Mark tone="amber" />
              Look before the swap
            </Chip>
          )}
        </div>
        <div className={styles.line}>
          <SideSelects sides={sides} />
          {comparison && <HowCompared comparison={comparison} />}
        </div>
      </div>
      <div className={styles.end}>
        <Steps sides={sides} state={state} />
      </div>
    </header>
  );
}

function HowCompared({ comparison }: { comparison: Comparison }) {
  const { model } = useModels(comparison);
  return (
    <span className={styles.how}>
      {model && model.key.length > 0 && (
        <>
          key{' '}
          <span className={styles.key} title={KEY_SOURCES[model.keySource]}>
            {model.key.join(', ')}
          </span>
          ,{' '}
        </>
      )}
      all rows, exact, doubles within 1e-9, {formatAgo(comparison.at)}, took{' '}
      {formatSeconds(comparison.seconds)}
    </span>
  );
}

function Steps({ sides: { sides, choose }, state }: { sides: SidesState; state: ComparisonState }) {
  const { running, comparison, progress } = state;
  if (!sides) return null;
  return (
    <>
      {running ? (
        <CompareProgress progress={progress} />
      ) : (
        <Button kind="quiet" icon="swap" onPress={() => choose({ old: sides.new, new: sides.old })}>
          Turn around
        </Button>
      )}
      {/* One button for both, so that the focus stays where it is. */}
      {(running || comparison) && (
        <Button onPress={running ? state.cancel : state.again}>{running ? 'Cancel' : 'Compare again'}</Button>
      )}
      {!running && comparison && <ToSwap sides={sides} />}
    </>
  );
}

function ToSwap({ sides }: { sides: Sides }) {
  const environments = useOverview().data?.environments ?? [];
  const shadow = environments.find(({ name, live }) => name === sides.new && !live);
  const isFromLive = environments.some(({ name, live }) => name === sides.old && live);
  if (!shadow || !isFromLive) return null;
  return (
    <Button kind="ink" onPress={() => goToSwap(shadow.name)}>
      Go to the swap
    </Button>
  );
}

function headline({ sides }: SidesState, running: boolean): string {
  if (!sides) return 'Nothing compared';
  return running ? `Comparing ${sides.old} with ${sides.new}` : `${sides.old} and ${sides.new}`;
}
