import { placeText } from '../../../shared/base/errors';
import { Button } from '../../ui/button';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressBar } from '../../ui/progress-bar';
import { clearAddingProblem, useAdding } from './adding';
import styles from './raw.module.css';

/** How far the adding of files is, with a way to stop it; or what went wrong with it. */
export function AddingNote() {
  const { adding, problem } = useAdding();
  if (problem)
    return (
      <div className={styles.adding}>
        <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }}>
          <Button size="small" onPress={clearAddingProblem}>
            Put away
          </Button>
        </ProblemPanel>
      </div>
    );
  if (!adding) return null;
  return (
    <div className={styles.adding}>
      <div className={styles.addingLine}>
        <span className={styles.addingText} role="status">
          {adding.text}
        </span>
        <Button kind="quiet" size="small" onPress={adding.cancel} label="Stop adding files">
          Stop
        </Button>
      </div>
      <ProgressBar label="Adding files" share={adding.share} />
    </div>
  );
}
