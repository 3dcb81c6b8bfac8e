import { useState } from 'react';
import { type Problem, placeText } from '../../../shared/base/errors';
import { takeOverProject } from '../../store/page-projects';
import { useCloseProject } from '../../store/project';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemPanel } from '../../ui/problem-panel';

/** In place of a project that another tab of this browser has: what that means, and how to have it here. */
export function Elsewhere({ problem }: { problem: Problem }) {
  const close = useCloseProject();
  const text = [problem.kept, problem.remedy].filter(Boolean).join(' ');
  return (
    <EmptyState icon="swap" title={problem.message} text={text}>
      <ElsewhereSteps problem={problem} onBack={() => void close()} />
    </EmptyState>
  );
}

/** The same beside other things, when an opening was refused. */
export function OpenElsewhere({ problem, onBack }: { problem: Problem; onBack: () => void }) {
  return (
    <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }}>
      <ElsewhereSteps problem={problem} onBack={onBack} />
    </ProblemPanel>
  );
}

function ElsewhereSteps({ problem, onBack }: { problem: Problem; onBack: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const dir = problem.place?.file;
  const ask = async (): Promise<void> => {
    if (dir === undefined) return;
    setAsking(true);
    await takeOverProject(dir);
    setAsking(false);
  };
  return (
    <>
      <Button kind="ink" isPending={isAsking} onPress={() => void ask()}>
        {isAsking ? 'The other tab is letting go' : 'Use it here instead'}
      </Button>
      <Button kind="quiet" onPress={onBack}>
        All projects
      </Button>
    </>
  );
}
