import type { Impact } from '../../../../shared/protocol/views/project';
import { selectModel, useSelection } from '../../../store/choices/selection';
import { callHost } from '../../../store/host';
import { type Draft, markSaved } from '../choice/drafts';

/** Writes a draft to its file. A model that was renamed in its text stays selected under its new name. Throws a Fault. */
export async function saveDraft(draft: Draft): Promise<Impact> {
  const { model, text } = draft;
  const impact = await callHost('model.save', { model, text });
  markSaved(draft);
  if (impact.model !== model && useSelection.getState().model === model) selectModel(impact.model);
  return impact;
}
