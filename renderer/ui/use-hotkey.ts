import { useEffect, useRef } from 'react';
import { isTyping, matchesKeys } from './keys';

/** Runs `press` on the chord (`Mod+S`, `F`, `Escape`) anywhere in the window; plain keys not while typing. */
export function useHotkey(keys: string, press: () => void, isEnabled = true): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    if (!isEnabled) return;
    const listen = (event: KeyboardEvent): void => {
      const isPlain = !/\b(Mod|Ctrl|Alt)\b/.test(keys);
      if (event.defaultPrevented || !matchesKeys(event, keys) || (isPlain && isTyping(event))) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [keys, isEnabled]);
}
