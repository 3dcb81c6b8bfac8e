import { type Action, isSingleKey, listActions } from '../store/actions';
import { hasSingleKeys } from '../store/choices/shortcuts';
import { isTyping, matchesKeys } from '../ui/keys';

/** Runs the action that has the pressed key; what has the focus, and what is typed, comes first. */
export function pressAction(event: KeyboardEvent): void {
  if (event.defaultPrevented || isInOverlay(event)) return;
  const action = listActions().find((one) => hasKeys(one, event));
  if (!action) return;
  event.preventDefault();
  action.run();
}

function hasKeys({ keys, otherKeys }: Action, event: KeyboardEvent): boolean {
  return [keys, otherKeys].some(
    (chord) =>
      chord !== undefined &&
      matchesKeys(event, chord) &&
      (!isSingleKey(chord) || (hasSingleKeys() && !isTyping(event))),
  );
}

/** A menu or a dialog lies beside the window's root, and has the keys to itself. */
function isInOverlay({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target !== document.body && target.closest('#root') === null;
}
