import { useEffect, useRef } from 'react';
import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { announce } from '../../ui/announce';
import { batchesWords, runWords } from './words';

const PARTS = 4;

/** Says every change of a run's state to screen readers, and each quarter of its way. */
export function useAnnouncedRun(run: RunStatus): void {
  const quarter = Math.floor((PARTS * run.batchesDone) / Math.max(1, run.batchesTotal));
  const text = `${run.title}: ${runWords(run)}, ${batchesWords(run)}`;
  const latest = useRef(text);
  latest.current = text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: said when one of these changes, not at every batch
  useEffect(() => announce(latest.current), [run.id, run.status, quarter]);
}
