import type { Comparison } from '../../../shared/protocol/views/compare';
import { chooseEnvironment } from '../../store/choices/environment';
import { goTo } from '../../store/choices/room';
import { useOverview } from '../../store/project';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { formatAgo, formatSeconds } from '../../ui/format';
import { Mark } from '../../ui/mark';
import styles from './compare-head.module.css';
import { CompareProgress } from './compare-progress';
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
          {comparison?.verdict.level === 'surprise' && (
            <Chip tone="amber">
              <Mark tone="amber" />
              Look before the swap
            </Chip>
          )}
        </div>
        <div className={styles.line}>
          <SideSelects sides={sides} oldRelease={comparison?.oldRelease ?? null} />
          {comparison && <HowCompared comparison={comparison} />}
        </div>
      </div>
      <div className={styles.end}>
        {running ? <CompareProgress state={state} /> : <Steps sides={sides} state={state} />}
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
  const environments = useOverview().data?.environments ?? [];
  if (!sides) return null;
  const shadow = environments.find(({ name, live }) => name === sides.new && !live);
  const isSwap = shadow && environments.some(({ name, live }) => name === sides.old && live);
  return (
    <>
      <Button kind="quiet" icon="swap" onPress={() => choose({ old: sides.new, new: sides.old })}>
        Turn around
      </Button>
      {state.comparison && <Button onPress={state.again}>Compare again</Button>}
      {isSwap && state.comparison && (
        <Button
          kind="ink"
          onPress={() => {
            chooseEnvironment(shadow.name);
            goTo('releases');
          }}
        >
          Go to the swap
        </Button>
      )}
    </>
  );
}

function headline({ sides }: SidesState, running: boolean): string {
  if (!sides) return 'Nothing compared';
  return running ? `Comparing ${sides.old} with ${sides.new}` : `${sides.old} and ${sides.new}`;
}
