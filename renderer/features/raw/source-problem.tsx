import { Button } from '../../ui/button';
import { ProblemPanel, type ProblemText } from '../../ui/problem-panel';
import type { Reading } from './use-reading';

/** What kept a source from being read, and the way to try it again. The other sources are not touched by it. */
export function SourceProblem({ failure, reading }: { failure: ProblemText; reading: Reading }) {
  const { problem } = reading;
  return (
    <ProblemPanel problem={problem ? { ...failure, ...problem } : failure}>
      <Button size="small" isPending={reading.running} onPress={reading.readAgain}>
        Read again
      </Button>
      {reading.running && (
        <Button size="small" kind="quiet" onPress={reading.stop}>
          Stop
        </Button>
      )}
    </ProblemPanel>
  );
}
