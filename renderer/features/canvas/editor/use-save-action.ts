import { useMemo, useRef } from 'react';
import { type Action, useOfferActions } from '../../../store/actions';
import { useListedKeys } from '../../../ui/key-table';
import type { ModelText } from './use-model-text';

const EDITOR_KEYS = [
  { keys: ['Tab'], title: 'Leave the editor' },
  { keys: ['Escape'], title: 'Go back to the canvas' },
  { keys: ['Mod+]', 'Mod+['], title: 'Indent more or less' },
  { keys: ['Ctrl+Space'], title: 'Show completions' },
  { keys: ['Mod+F'], title: 'Find in the text' },
  { keys: ['Mod+Z'], title: 'Take the last change back' },
];

/** Saving the model in sight as an action, and the keys of its editor. */
export function useSaveAction(id: string, model: ModelText): void {
  const latest = useRef(model);
  latest.current = model;
  const hasDraft = model.draft !== undefined;
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'canvas.save',
        command: 'model.save',
        title: `Save ${id}`,
        group: `For ${id}`,
        icon: 'check',
        keys: 'Mod+S',
        run: () => latest.current.save(),
        isAvailable: () => hasDraft,
      },
    ],
    [id, hasDraft],
  );
  useOfferActions(actions);
  useListedKeys('In the SQL editor', EDITOR_KEYS);
}
