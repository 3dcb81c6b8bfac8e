import { useMemo, useState } from 'react';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { SwapPreview } from '../../../shared/protocol/views/release';
import { selectRelease } from '../../store/choices/selection';
import { callHost, refreshFacts } from '../../store/host';
import { announce } from '../../ui/announce';

type ReleaseResult = CommandOutput<'release.swap'>;

/** The last step that moved prod from this room. */
export interface DoneStep {
  readonly kind: 'swap' | 'rollback';
  readonly result: ReleaseResult;
}

interface State {
  readonly running: 'swap' | 'rollback' | undefined;
  readonly problem: { readonly of: 'swap' | 'rollback'; readonly problem: Problem } | undefined;
  readonly done: DoneStep | undefined;
}

export interface Steps extends State {
  /** prod must still be as the preview says, or the swap is refused */
  swap(preview: SwapPreview, note: string): Promise<void>;
  rollBack(to: number): Promise<void>;
  clear(): void;
}

const IDLE: State = { running: undefined, problem: undefined, done: undefined };

/** The two steps that move prod. After one the release it made is shown, with the way back. */
export function useSteps(): Steps {
  const [state, setState] = useState(IDLE);
  const steps = useMemo(() => {
    const carryOut = async (kind: DoneStep['kind'], work: () => Promise<ReleaseResult>) => {
      setState({ ...IDLE, running: kind });
      try {
        const result = await work();
        setState({ ...IDLE, done: { kind, result } });
        selectRelease(result.release);
        announce(doneText({ kind, result }));
      } catch (error) {
        setState({ ...IDLE, problem: { of: kind, problem: toProblem(error) } });
        // What refused it may be newer than what is in sight.
        refreshFacts(['releases']);
      }
    };
    return {
      swap: ({ environment, base }: SwapPreview, note: string) =>
        carryOut('swap', () =>
          callHost('release.swap', {
            environment,
            ...(base === null ? {} : { base }),
            ...(note === '' ? {} : { note }),
          }),
        ),
      rollBack: (to: number) => carryOut('rollback', () => callHost('release.rollback', { to })),
      clear: () => setState(IDLE),
    };
  }, []);
  return { ...steps, ...state };
}

export function doneText({ kind, result }: DoneStep): string {
  const { release, models, milliseconds } = result;
  const moved = models.length === 1 ? '1 model' : `${models.length} models`;
  const how = kind === 'swap' ? 'swapped' : 'rolled back';
  return `Release ${release} is live: ${moved} ${how} in ${Math.max(1, Math.round(milliseconds))} ms`;
}
