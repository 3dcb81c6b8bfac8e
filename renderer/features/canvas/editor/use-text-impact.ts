import type { Impact } from '../../../../shared/protocol/views/project';
import type { Fact } from '../../../store/fact-cache';
import { useFact } from '../../../store/use-fact';
import { useSettledDrafts } from '../choice/drafts';

const TYPING_PAUSE = 120;

/** What a model's text, as it was when the typing paused, would change; the same answer as that of the canvas. */
export function useTextImpact(dir: string, model: string, saved: string): Fact<Impact> {
  const draft = useSettledDrafts(dir, TYPING_PAUSE).find((settled) => settled.model === model);
  const fact = useFact('model.impact', { model, text: draft?.text ?? saved }, { keep: true });
  return fact.data && fact.data.model !== model ? { ...fact, data: undefined } : fact;
}
