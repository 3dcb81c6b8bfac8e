const isMac = navigator.platform.startsWith('Mac');
const MAC_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };

/** The names on the caps: `Mod+K` is Ctrl K, on a Mac ⌘ K. */
export function keyNames(keys: string): string[] {
  return keys
    .split('+')
    .map((part) => (isMac ? MAC_NAMES[part] : part === 'Mod' ? 'Ctrl' : undefined) ?? part);
}

/** Whether a key press is the chord; letters are compared by what they print. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    mod === parts.includes('Mod') &&
    otherMod === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    event.shiftKey === parts.includes('Shift')
  );
}

/** Whether the focus is where letters are typed, so that plain keys belong to it. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  );
}
