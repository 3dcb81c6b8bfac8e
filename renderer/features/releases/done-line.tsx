import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import styles from './releases.module.css';
import { doneText, type Steps } from './use-steps';

/** What the last step did, and the way back. */
export function DoneLine({ steps }: { steps: Steps }) {
  const { done } = steps;
  if (!done) return null;
  const { previous } = done.result;
  return (
    <div className={styles.done}>
      <i className={styles.settling} aria-hidden="true" />
      <strong className={styles.doneText}>{doneText(done)}</strong>
      {previous !== null && (
        <Button
          size="small"
          icon="undo"
          onPress={() => void steps.rollBack(previous)}
          isDisabled={steps.running !== undefined}
        >
          Roll back to release {previous}
        </Button>
      )}
      <IconButton icon="x" size="small" label="Put away" onPress={steps.clear} />
    </div>
  );
}
