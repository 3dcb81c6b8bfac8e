import { useCallback } from 'react';
import { create } from 'zustand';
import { useOverview } from '../../store/project';
import type { ChoiceEdits } from './choice-edits';

const NONE: ChoiceEdits = {};

const useKeptEdits = create<{ readonly edits: Readonly<Record<string, ChoiceEdits>> }>(() => ({ edits: {} }));

/** The changed choices of a source; they stay while other sources and rooms are looked at. */
export function useChoiceEdits(source: string): [ChoiceEdits, (edits: ChoiceEdits) => void] {
  const dir = useOverview().data?.dir ?? '';
  const key = `${dir} ${source}`;
  const edits = useKeptEdits((kept) => kept.edits[key]) ?? NONE;
  const set = useCallback(
    (next: ChoiceEdits): void => useKeptEdits.setState((kept) => ({ edits: { ...kept.edits, [key]: next } })),
    [key],
  );
  return [edits, set];
}
