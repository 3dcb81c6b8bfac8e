import { useMemo, useSyncExternalStore } from 'react';

/** The values of design tokens, for what is drawn on a canvas element; new ones whenever the theme changes. */
export function useTokens<Name extends `--${string}`>(
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const theme = useSyncExternalStore(watchTheme, readTheme);
  return useMemo(() => {
    // Read for its change only: the values below are those of the theme that the document has.
    void theme;
    const style = getComputedStyle(document.documentElement);
    const entries = names.map((name) => [name, style.getPropertyValue(name).trim()]);
    return Object.fromEntries(entries) as Record<Name, string>;
  }, [names, theme]);
}

function readTheme(): string {
  return document.documentElement.dataset['theme'] ?? '';
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
