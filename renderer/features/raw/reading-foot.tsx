import { placeText } from '../../../shared/base/errors';
import { Button } from '../../ui/button';
import { countOf } from '../../ui/format';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressBar } from '../../ui/progress-bar';
import styles from './reading-pane.module.css';
import type { Reading } from './use-reading';

/** Reads the files again, with the changed choices where there are some; says what came of it, and takes it back. */
export function ReadingFoot({ reading }: { reading: Reading }) {
  const count = Object.keys(reading.changed).length;
  const { problem, running, result } = reading;
  return (
    <footer className={styles.foot}>
      {problem && <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />}
      {running && <ProgressBar label="Reading" share={reading.share} size="thin" />}
      <div className={styles.buttons}>
        <span className={styles.changed} role="status">
          {running ? 'Reading' : count > 0 ? `${countOf(count, 'choice')} changed` : result}
        </span>
        <Second reading={reading} hasChanges={count > 0} />
        <Button
          kind={count > 0 ? 'ink' : 'plain'}
          size="small"
          isPending={running}
          onPress={reading.readAgain}
        >
          Read again
        </Button>
      </div>
    </footer>
  );
}

function Second({ reading, hasChanges }: { reading: Reading; hasChanges: boolean }) {
  const quiet = { kind: 'quiet', size: 'small' } as const;
  if (reading.running)
    return (
      <Button {...quiet} onPress={reading.stop}>
        Stop
      </Button>
    );
  if (hasChanges)
    return (
      <Button {...quiet} onPress={reading.undo}>
        Undo
      </Button>
    );
  if (!reading.readAsBefore) return null;
  return (
    <Button {...quiet} onPress={reading.readAsBefore}>
      Read as before
    </Button>
  );
}
