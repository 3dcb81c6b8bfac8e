const isMac = navigator.platform.startsWith('Mac');
const MAC_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Plus: '+',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
};
const SIGNS: Readonly<Record<string, string>> = { Plus: '+', Space: ' ' };

type Press = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

/** The names on the caps: `Mod+K` is Ctrl K, on a Mac ⌘ K. */
export function keyNames(keys: string): string[] {
  return keys.split('+').map((part) => (isMac ? MAC_NAMES[part] : undefined) ?? NAMES[part] ?? part);
}

/** Whether a key press is the chord; letters, digits and signs are compared by what they print. */
export function matchesKeys(event: Press, keys: string): boolean {
  const parts = keys.split('+');
  const name = parts.at(-1) ?? '';
  const key = SIGNS[name] ?? name;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    mod === parts.includes('Mod') &&
    otherMod === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    (isSign(key) || event.shiftKey === parts.includes('Shift'))
  );
}

/** Whether the focus is where letters are typed, so that single keys belong to it. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  );
}

/** Which keys print a sign or a digit with Shift and which without differs between keyboards. */
function isSign(key: string): boolean {
  return key.length === 1 && key.toLowerCase() === key.toUpperCase();
}
