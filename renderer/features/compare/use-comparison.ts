import { useCallback, useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { Problem } from '../../../shared/base/errors';
import type { Comparison } from '../../../shared/protocol/views/compare';
import type { Sides } from '../../store/choices/compare';
import { notifyProblem } from '../../store/notices';
import { type CallProgress, useCommand } from '../../store/use-command';
import { announce } from '../../ui/announce';

interface KeptStore {
  readonly kept: Readonly<Record<string, Comparison>>;
}

export interface ComparisonState {
  readonly comparison: Comparison | undefined;
  /** a side changed since, and it was not compared again */
  readonly isStale: boolean;
  readonly running: boolean;
  readonly progress: CallProgress | undefined;
  /** why there is no comparison */
  readonly problem: Problem | undefined;
  cancel(): void;
  /** compares once more, even where nothing changed */
  again(): void;
}

// Outlives the room, so that coming back shows what was there at once.
const useKept = create<KeptStore>(() => ({ kept: {} }));

/** The comparison of two sides. It starts by itself, and again when `revision` says that a side changed. */
export function useComparison(sides: Sides | null, revision: string): ComparisonState {
  const { run, running, problem, progress, cancel } = useCommand('compare.run');
  const old = sides?.old;
  const current = sides?.new;
  const key = old === undefined ? '' : JSON.stringify([old, current, revision]);
  const found = useKept((store) => store.kept[key]);
  // A problem takes the place of what is not there, and is a notice beside what is.
  const isShown = useRef(false);
  const compare = useCallback(
    async (fresh: boolean): Promise<void> => {
      if (old === undefined || current === undefined) return;
      const result = await run({ old, new: current, ...(fresh ? { fresh } : {}) });
      if (result.ok) {
        // A kept comparison of the same versions may have been made under other names.
        useKept.setState({ kept: withNewest(key, { ...result.value, old, new: current }) });
        announce(result.value.verdict.text);
      } else if (isShown.current && result.problem.code !== 'cancelled') notifyProblem(result.problem);
    },
    [run, key, old, current],
  );
  useEffect(() => {
    if (useKept.getState().kept[key] === undefined) void compare(false);
    return cancel;
  }, [key, compare, cancel]);
  const former = useRef(found);
  if (found) former.current = found;
  const stillFits = former.current?.old === old && former.current?.new === current;
  const comparison = found ?? (stillFits ? former.current : undefined);
  isShown.current = comparison !== undefined;
  return {
    comparison,
    isStale: !found && !running,
    running,
    progress,
    problem,
    cancel,
    again: () => void compare(true),
  };
}

const KEPT = 6;

function withNewest(key: string, comparison: Comparison): Readonly<Record<string, Comparison>> {
  const rest = Object.entries(useKept.getState().kept).filter(([other]) => other !== key);
  return Object.fromEntries([...rest.slice(1 - KEPT), [key, comparison]]);
}
