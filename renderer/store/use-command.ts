import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, toProblem } from '../../shared/base/errors';
import { failed, ok, type Result } from '../../shared/base/result';
import {
  type CommandId,
  type CommandInput,
  type CommandOutput,
  commandTable,
} from '../../shared/protocol/table';
import { callHost } from './host';
import { notifyProblem } from './notices';

/** How far a call is; `done` and `total` are null where the host cannot say. */
export interface CallProgress {
  readonly text: string;
  readonly done: number | null;
  readonly total: number | null;
}

export interface RunningCommand<Id extends CommandId> {
  /** Never throws; a run while one is under way cancels the former. */
  run(input: CommandInput<Id>): Promise<Result<CommandOutput<Id>>>;
  cancel(): void;
  clear(): void;
  readonly running: boolean;
  readonly problem: Problem | undefined;
  readonly progress: CallProgress | undefined;
}

interface State {
  readonly running: boolean;
  readonly problem: Problem | undefined;
  readonly progress: CallProgress | undefined;
}

const IDLE: State = { running: false, problem: undefined, progress: undefined };

/**
 * One command as a component uses it. Failures are shown by the caller from `problem`, or with `notice` as a notice
 * of the window. What only looks is cancelled when the component goes; the rest is carried on by the host.
 */
export function useCommand<Id extends CommandId>(
  id: Id,
  options: { notice?: boolean } = {},
): RunningCommand<Id> {
  const { notice = false } = options;
  const [state, setState] = useState(IDLE);
  const current = useRef<AbortController>(undefined);

  const run = useCallback(
    async (input: CommandInput<Id>): Promise<Result<CommandOutput<Id>>> => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const show = (next: State): void => {
        if (current.current === controller) setState(next);
      };
      show({ ...IDLE, running: true });
      const progress = (text: string, done: number | null, total: number | null): void =>
        show({ ...IDLE, running: true, progress: { text, done, total } });
      try {
        const value = await callHost(id, input, { signal: controller.signal, progress });
        show(IDLE);
        return ok(value);
      } catch (error) {
        const problem = toProblem(error);
        const wanted = problem.code !== 'cancelled';
        show(wanted ? { ...IDLE, problem } : IDLE);
        if (wanted && notice) notifyProblem(problem);
        return failed(problem);
      }
    },
    [id, notice],
  );

  const cancel = useCallback(() => current.current?.abort(), []);
  const clear = useCallback(() => setState(IDLE), []);
  useEffect(() => {
    const isLook = commandTable[id].risk === 'look';
    return () => {
      if (isLook) current.current?.abort();
    };
  }, [id]);
  return { run, cancel, clear, ...state };
}
