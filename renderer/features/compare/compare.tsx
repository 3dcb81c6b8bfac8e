import { placeText } from '../../../shared/base/errors';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemPanel } from '../../ui/problem-panel';
import { StackFrame } from '../../ui/stack';
import styles from './compare.module.css';
import { CompareHead } from './compare-head';
import { ComparedModels } from './compared-models';
import { ComparisonSkeleton } from './comparison-skeleton';
import { NothingToCompare } from './nothing-to-compare';
import { useCompareActions } from './use-compare-actions';
import { type ComparisonState, useComparison } from './use-comparison';
import { type SidesState, useSides } from './use-sides';

/** Old against new: the verdict, then where, what and which rows. */
export function Compare() {
  const sides = useSides();
  const isPair = sides.sides !== null && sides.sides.old !== sides.sides.new;
  const state = useComparison(isPair ? sides.sides : null, sides.revision);
  useCompareActions(sides, state);
  return (
    <StackFrame className={styles.room}>
      <CompareHead sides={sides} state={state} />
      <Body sides={sides} state={state} />
    </StackFrame>
  );
}

function Body({ sides: { sides, environment }, state }: { sides: SidesState; state: ComparisonState }) {
  if (!sides) return <NothingToCompare environment={environment} />;
  if (sides.old === sides.new)
    return <EmptyState icon="compare" title="Both sides are the same" text="Choose another side above." />;
  if (state.comparison) return <ComparedModels comparison={state.comparison} />;
  if (state.running) return <ComparisonSkeleton />;
  const again = (
    <Button kind="ink" onPress={state.again}>
      Compare {sides.old} with {sides.new}
    </Button>
  );
  if (!state.problem)
    return (
      <EmptyState icon="compare" title="Not compared" text="Nothing was kept of it.">
        {again}
      </EmptyState>
    );
  return (
    <ProblemPanel problem={{ ...state.problem, where: placeText(state.problem.place) }}>{again}</ProblemPanel>
  );
}
