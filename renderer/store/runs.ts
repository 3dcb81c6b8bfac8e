import { useEffect } from 'react';
import { create } from 'zustand';
import { type Problem, toProblem } from '../../shared/base/errors';
import type { RunProgress, RunStatus } from '../../shared/protocol/views/backfill';
import { callHost, onHostEvent } from './host';
import { mergeProgress } from './merge-progress';

interface RunStore {
  /** by id, and the latest run once more under an empty key */
  readonly runs: Readonly<Record<string, RunStatus | null>>;
  readonly problems: Readonly<Record<string, Problem | undefined>>;
}

const LATEST = '';
const useRunStore = create<RunStore>(() => ({ runs: {}, problems: {} }));
const watched = new Map<string, number>();
const asked = new Map<string, 'once' | 'again'>();
let pending: RunProgress[] = [];
let frame = 0;

onHostEvent((event) => {
  if (event.type === 'run.progress') {
    pending.push(event.progress);
    // Many batches end within one frame; they are merged together.
    frame ||= requestAnimationFrame(flush);
  }
  if (
    event.type === 'facts.changed' &&
    event.topics.some((topic) => topic === 'run' || topic === 'project')
  ) {
    for (const run of watched.keys()) void loadRun(run);
  }
});

/** A run, kept current by its progress; without an id, the one that is under way or ended last. */
export function useRun(id?: string): { run: RunStatus | null | undefined; problem: Problem | undefined } {
  const key = id ?? LATEST;
  useEffect(() => watchRun(key), [key]);
  const run = useRunStore((store) => store.runs[key]);
  const problem = useRunStore((store) => store.problems[key]);
  return { run, problem };
}

/** Puts in a status that a command has just answered with. */
export function putRun(run: RunStatus): void {
  flush();
  useRunStore.setState(({ runs }) => ({ runs: { ...runs, [run.id]: run, [LATEST]: run } }));
}

function watchRun(key: string): () => void {
  watched.set(key, (watched.get(key) ?? 0) + 1);
  if (watched.get(key) === 1) void loadRun(key);
  return () => {
    const left = (watched.get(key) ?? 1) - 1;
    if (left > 0) watched.set(key, left);
    else watched.delete(key);
  };
}

/** Asked once at a time; what changes meanwhile makes it ask once more. */
async function loadRun(key: string): Promise<void> {
  if (asked.has(key)) {
    asked.set(key, 'again');
    return;
  }
  asked.set(key, 'once');
  await readRun(key);
  const again = asked.get(key) === 'again';
  asked.delete(key);
  if (again && watched.has(key)) await loadRun(key);
}

async function readRun(key: string): Promise<void> {
  try {
    const { run } = await callHost('backfill.status', key === LATEST ? {} : { run: key });
    // Progress heard before this answer is part of it.
    flush();
    useRunStore.setState(({ runs, problems }) => ({
      runs: { ...runs, [key]: run, ...(run ? { [run.id]: run } : {}) },
      problems: { ...problems, [key]: undefined },
    }));
  } catch (error) {
    useRunStore.setState(({ problems }) => ({ problems: { ...problems, [key]: toProblem(error) } }));
  }
}

function flush(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  const changes = pending;
  pending = [];
  if (changes.length === 0) return;
  const { runs: known } = useRunStore.getState();
  if (watched.has(LATEST) && changes.some(({ id }) => known[LATEST]?.id !== id)) void loadRun(LATEST);
  useRunStore.setState(({ runs }) => ({
    runs: Object.fromEntries(
      Object.entries(runs).map(([key, run]) => [key, run && mergeProgress(run, changes)]),
    ),
  }));
}
