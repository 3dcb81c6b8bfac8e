import { Component, type ReactNode } from 'react';
import { placeText, toProblem } from '../../shared/base/errors';
import { Button } from '../ui/button';
import { ProblemPanel } from '../ui/problem-panel';

interface State {
  readonly thrown: unknown;
  readonly failed: boolean;
}

const FINE: State = { thrown: undefined, failed: false };

/** Shows a defect in place of the part that has it; the rest of the window goes on. */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string }, State> {
  override state = FINE;

  static getDerivedStateFromError(thrown: unknown): State {
    return { thrown, failed: true };
  }

  override componentDidUpdate(before: { resetKey?: string }): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState(FINE);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const problem = toProblem(this.state.thrown);
    return (
      <ProblemPanel
        problem={{ ...problem, where: placeText(problem.place), kept: 'Files and tables are untouched.' }}
      >
        <Button onPress={() => this.setState(FINE)}>Show again</Button>
        <Button kind="quiet" onPress={() => window.location.reload()}>
          Load the window again
        </Button>
      </ProblemPanel>
    );
  }
}
