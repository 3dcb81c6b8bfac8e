import type { TestResult } from '../../../shared/protocol/views/quality';
import { goTo } from '../../store/choices/room';
import { selectModel } from '../../store/choices/selection';
import { Button } from '../../ui/button';
import { ProblemPanel } from '../../ui/problem-panel';
import styles from './backfill.module.css';
import { failedTestsText } from './words';

/** Unit tests that fail stop a plan before it starts; it may be started all the same. */
export function TestsProblem({ result, onStart }: { result: TestResult; onStart: () => void }) {
  const first = result.tests.find(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const look = (): void => {
    if (first) selectModel(first.model);
    goTo('canvas');
  };
  return (
    <div className={styles.problem}>
      <ProblemPanel
        problem={{
          message: failedTestsText(result),
          where: first && `${first.file}:${first.line}`,
          kept: 'Nothing was written.',
          remedy: 'Mend the model or the test; the tab Tests of the model shows the rows that differ.',
        }}
      >
        {first && (
          <Button size="small" icon="canvas" onPress={look}>
            Look at {first.model}
          </Button>
        )}
        <Button size="small" kind="quiet" onPress={onStart}>
          Start all the same
        </Button>
      </ProblemPanel>
    </div>
  );
}
