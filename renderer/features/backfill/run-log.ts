import { create } from 'zustand';
import type { RunProgress } from '../../../shared/protocol/views/backfill';
import { onHostEvent } from '../../store/host';
import { addSample, type Sample } from './samples';
import { batchText } from './words';

interface EndedBatch {
  readonly at: string;
  readonly model: string;
  readonly index: number;
  readonly label: string;
  readonly rows: number;
  readonly milliseconds: number;
}

/** What was heard of a run while the window was open. */
export interface RunLog {
  readonly samples: readonly Sample[];
  /** the last to end comes first */
  readonly ended: readonly EndedBatch[];
}

const MOST_ENDED = 24;
const EMPTY: RunLog = { samples: [], ended: [] };

const useLogStore = create<{ readonly logs: Readonly<Record<string, RunLog>> }>(() => ({ logs: {} }));
let pending: { at: string; progress: RunProgress }[] = [];
let frame = 0;

onHostEvent((event) => {
  if (event.type !== 'run.progress') return;
  pending.push({ at: new Date().toISOString(), progress: event.progress });
  if (frame === 0) frame = requestAnimationFrame(flush);
});

export function useRunLog(run: string): RunLog {
  return useLogStore(({ logs }) => logs[run] ?? EMPTY);
}

function flush(): void {
  frame = 0;
  const heard = pending;
  pending = [];
  const logs = { ...useLogStore.getState().logs };
  for (const { at, progress } of heard)
    logs[progress.id] = addProgress(logs[progress.id] ?? EMPTY, at, progress);
  useLogStore.setState({ logs });
}

function addProgress(log: RunLog, at: string, progress: RunProgress): RunLog {
  const ended = progress.cells.flatMap(({ model, batch }): EndedBatch[] => {
    const { state, rows, milliseconds, index, span } = batch;
    if (state !== 'done' || rows === null || milliseconds === null) return [];
    return [{ at, model, index, label: batchText(span), rows, milliseconds }];
  });
  const sample: Sample = {
    elapsed: progress.elapsedSeconds,
    rate: progress.rowsPerSecond ?? 0,
    left: progress.secondsLeft ?? 0,
    rows: progress.rows,
    memory: progress.memoryBytes,
  };
  return {
    samples: addSample(log.samples, sample),
    ended: [...ended.toReversed(), ...log.ended].slice(0, MOST_ENDED),
  };
}
