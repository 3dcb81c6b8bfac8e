import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const useOpen = create<{ readonly open: boolean }>(() => ({ open: false }));

/** Whether keys by themselves, as `F` and `?`, do something: voice control and tremor press them unmeant. */
const useSingleKeys = create<{ readonly isOn: boolean }>()(
  persist((): { isOn: boolean } => ({ isOn: true }), { name: 'teal.single-keys' }),
);

export function useShortcutsOpen(): boolean {
  return useOpen(({ open }) => open);
}

export function showShortcuts(open: boolean): void {
  useOpen.setState({ open });
}

/** Opens the list of shortcuts, or closes it. */
export function toggleShortcuts(): void {
  useOpen.setState(({ open }) => ({ open: !open }));
}

export function useHasSingleKeys(): boolean {
  return useSingleKeys(({ isOn }) => isOn);
}

export function hasSingleKeys(): boolean {
  return useSingleKeys.getState().isOn;
}

export function allowSingleKeys(isOn: boolean): void {
  useSingleKeys.setState({ isOn });
}
