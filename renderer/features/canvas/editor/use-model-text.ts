import { useCallback, useState } from 'react';
import { toProblem } from '../../../../shared/base/errors';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { notifyProblem } from '../../../store/notices';
import { announce } from '../../../ui/announce';
import { type Draft, dropDraft, useDraft, useSavedText, writeDraft } from '../choice/drafts';
import { saveDraft } from './save-draft';

export interface ModelText {
  readonly text: string;
  readonly saved: string;
  readonly draft: Draft | undefined;
  /** the file was changed by somebody else since the draft began */
  readonly hasMoved: boolean;
  readonly isSaving: boolean;
  write(text: string): void;
  save(): void;
  /** puts the saved text back */
  discard(): void;
}

/** A model's text as it is edited here. */
export function useModelText(dir: string, detail: ModelDetail): ModelText {
  const { id: model } = detail;
  const draft = useDraft({ dir, model });
  const saved = useSavedText({ dir, model }, detail);
  const [isSaving, setSaving] = useState(false);
  const write = useCallback((text: string) => writeDraft({ dir, model }, text, saved), [dir, model, saved]);
  const discard = useCallback(() => dropDraft({ dir, model }), [dir, model]);
  const save = useCallback(() => {
    if (!draft) return;
    setSaving(true);
    saveDraft(draft)
      .then(() => announce(`${model} saved`))
      .catch((error: unknown) => notifyProblem(toProblem(error)))
      .finally(() => setSaving(false));
  }, [draft, model]);
  const hasMoved = draft !== undefined && draft.base !== saved;
  return { text: draft?.text ?? saved, saved, draft, hasMoved, isSaving, write, save, discard };
}
