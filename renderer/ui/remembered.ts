const PREFIX = 'teal.';

/** Something small that a widget kept on this machine; undefined where nothing was, or it cannot be read. */
export function readRemembered<T>(key: string): T | undefined {
  try {
    const text = window.localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Keeps it; a full or forbidden storage loses the memory, nothing else. */
export function remember(key: string, value: unknown): boolean {
  try {
    window.localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
