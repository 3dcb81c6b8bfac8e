import { create } from 'zustand';

/** What the panel of environments shows; null while it is closed. */
type PanelView = 'list' | 'new' | null;

const usePanelStore = create<{ readonly view: PanelView }>(() => ({ view: null }));

/** Opens the panel, or closes it by null. */
export function showEnvironments(view: PanelView = 'list'): void {
  usePanelStore.setState({ view });
}

export function useEnvironmentsPanel(): { readonly isOpen: boolean; readonly isNew: boolean } {
  const view = usePanelStore((store) => store.view);
  return { isOpen: view !== null, isNew: view === 'new' };
}
