import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** Kept under `teal.theme`, which `theme-boot.js` reads before the first paint. */
export const useThemeChoice = create<{ readonly theme: Theme }>()(
  persist((): { theme: Theme } => ({ theme: 'system' }), { name: 'teal.theme' }),
);

export function chooseTheme(theme: Theme): void {
  useThemeChoice.setState({ theme });
}

/** Keeps the document in the chosen theme, also when the system changes its own. */
export function followTheme(): void {
  const apply = (): void => {
    const { theme } = useThemeChoice.getState();
    document.documentElement.dataset['theme'] =
      theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  apply();
  dark.addEventListener('change', apply);
  useThemeChoice.subscribe(apply);
}
