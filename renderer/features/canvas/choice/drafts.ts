import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Where a draft belongs: a model of the project in a folder. */
export interface DraftPlace {
  readonly dir: string;
  readonly model: string;
}

/** A model's text that was not saved yet, and the saved text that it began from. */
export interface Draft extends DraftPlace {
  readonly text: string;
  readonly base: string;
  /** rises with every change, so that the latest edit can be told */
  readonly turn: number;
}

interface DraftStore {
  readonly drafts: Readonly<Record<string, Draft>>;
  /** texts just saved, until the host's own answer says the same */
  readonly saved: Readonly<Record<string, string>>;
}

/** Drafts are kept on this machine, so that closing the window loses nothing. */
const useDraftStore = create<DraftStore>()(
  persist((): DraftStore => ({ drafts: {}, saved: {} }), {
    name: 'teal.drafts',
    partialize: ({ drafts }) => ({ drafts, saved: {} }),
  }),
);

/** Takes in an edit; a text equal to the saved one is no draft any more. */
export function writeDraft(place: DraftPlace, text: string, saved: string): void {
  const { drafts } = useDraftStore.getState();
  const { [keyOf(place)]: former, ...others } = drafts;
  if (text === saved) {
    useDraftStore.setState({ drafts: others });
    return;
  }
  const turn = 1 + Math.max(0, ...Object.values(drafts).map((draft) => draft.turn));
  const { dir, model } = place;
  const draft = { dir, model, text, base: former?.base ?? saved, turn };
  useDraftStore.setState({ drafts: { ...others, [keyOf(place)]: draft } });
}

export function dropDraft(place: DraftPlace): void {
  const { [keyOf(place)]: _dropped, ...drafts } = useDraftStore.getState().drafts;
  useDraftStore.setState({ drafts });
}

/** The draft's text is in its file now. What was typed since stays a draft. */
export function markSaved(draft: Draft): void {
  const key = keyOf(draft);
  const { drafts, saved } = useDraftStore.getState();
  const now = drafts[key];
  useDraftStore.setState({ saved: { ...saved, [key]: draft.text } });
  if (!now || now.text === draft.text) dropDraft(draft);
  else useDraftStore.setState({ drafts: { ...drafts, [key]: { ...now, base: draft.text } } });
}

export function useDraft(place: DraftPlace): Draft | undefined {
  return useDraftStore((store) => store.drafts[keyOf(place)]);
}

/** The saved text of a model: what was written last, until `answer`, the host's, is a newer one. */
export function useSavedText(place: DraftPlace, answer: { readonly text: string }): string {
  const key = keyOf(place);
  const written = useDraftStore((store) => store.saved[key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer of the host is newer than what was written
  useEffect(() => {
    const { [key]: _answered, ...saved } = useDraftStore.getState().saved;
    useDraftStore.setState({ saved });
  }, [key, answer]);
  return written ?? answer.text;
}

/** The drafts of a project, the latest edit first. */
export function listDrafts(dir: string): readonly Draft[] {
  return Object.values(useDraftStore.getState().drafts)
    .filter((draft) => draft.dir === dir)
    .toSorted((a, b) => b.turn - a.turn);
}

/** The drafts of a project as they were when the typing last paused, the latest edit first. */
export function useSettledDrafts(dir: string, pause: number): readonly Draft[] {
  const [settled, setSettled] = useState(() => listDrafts(dir));
  useEffect(() => {
    let timer: number;
    setSettled(listDrafts(dir));
    const stop = useDraftStore.subscribe(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setSettled(listDrafts(dir)), pause);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [dir, pause]);
  return settled;
}

function keyOf({ dir, model }: DraftPlace): string {
  return `${dir}#${model}`;
}
