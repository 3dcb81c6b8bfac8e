import { useSyncExternalStore } from 'react';

/** The theme that the document is drawn in; what paints by itself paints again when it changes. */
export function useThemeName(): string {
  return useSyncExternalStore(watch, () => document.documentElement.dataset['theme'] ?? 'light');
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
