import { placeText } from '../../../shared/base/errors';
import { Button } from '../../ui/button';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressBar } from '../../ui/progress-bar';
import { clearAddingProblem, useAdding } from './adding';
import styles from './raw.module.css';

/** What went wrong with the adding of files. */
export function AddingProblem() {
  const problem = useAdding((store) => store.problem);
  if (!problem) return null;
  return (
    <div className={styles.addingProblem}>
      <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />
      <Button size="small" onPress={clearAddingProblem}>
        Put away
      </Button>
    </div>
  );
}

/** How far the adding of files is, with a way to stop it. */
export function AddingNote() {
  const adding = useAdding((store) => store.adding);
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
