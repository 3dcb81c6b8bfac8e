import { useState } from 'react';
import { type Problem, placeText } from '../../../shared/base/errors';
import { takeOverProject } from '../../store/page-projects';
import { useCloseProject } from '../../store/project';
import { Button } from '../../ui/button';
import { ProblemPanel } from '../../ui/problem-panel';

/** A project that another tab of this browser has: what that means, and how to have it here. */
export function Elsewhere({ problem, onBack }: { problem: Problem; onBack?: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const close = useCloseProject();
  const dir = problem.place?.file;
  const ask = async (): Promise<void> => {
    if (dir === undefined) return;
    setAsking(true);
    await takeOverProject(dir);
    setAsking(false);
  };
  return (
    <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }}>
      <Button kind="ink" isPending={isAsking} onPress={() => void ask()}>
        {isAsking ? 'The other tab is letting go' : 'Use it here instead'}
      </Button>
      <Button kind="quiet" onPress={onBack ?? (() => void close())}>
        All projects
      </Button>
    </ProblemPanel>
  );
}
