import { create } from 'zustand';

/** What stands beside the ways into a project on the welcome screen. */
export type EntrancePanel = 'recent' | 'folder' | 'new';

export const useEntranceChoice = create<{ readonly panel: EntrancePanel }>(() => ({ panel: 'recent' }));

export function showPanel(panel: EntrancePanel): void {
  useEntranceChoice.setState({ panel });
}
