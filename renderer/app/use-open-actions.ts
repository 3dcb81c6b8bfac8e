import { useMemo } from 'react';
import { toProblem } from '../../shared/base/errors';
import { RECENT_ACTION } from '../../shared/protocol/desktop';
import type { RecentProject } from '../../shared/protocol/views/project';
import { type Action, useOfferActions } from '../store/actions';
import { type EntrancePanel, showPanel } from '../store/choices/entrance';
import { notifyProblem } from '../store/notices';
import { openFolder, openSample } from '../store/opening';
import { isStaticPage } from '../store/page';
import { useCloseProject } from '../store/project';
import { getFolderPicker, isDesktop } from '../store/shell';
import { useFact } from '../store/use-fact';

/** The ways into another project, from wherever the window is. */
export function useOpenActions(isProjectOpen: boolean): void {
  const close = useCloseProject();
  const recents = useFact('app.recent', {}).data?.projects;
  const actions = useMemo((): readonly Action[] => {
    const enter = async (panel: EntrancePanel): Promise<void> => {
      showPanel(panel);
      if (isProjectOpen) await close();
    };
    return [...waysIn(enter), ...recentActions(recents ?? [])];
  }, [isProjectOpen, close, recents]);
  useOfferActions(actions);
}

function waysIn(enter: (panel: EntrancePanel) => Promise<void>): Action[] {
  return [
    {
      id: 'open.sample',
      title: 'Open the sample, SQL Sushi Co.',
      group: 'Projects',
      icon: 'play',
      run: openSample,
    },
    {
      id: 'open.folder',
      command: 'project.open',
      title: 'Open a folder',
      group: 'Projects',
      icon: 'folder',
      keys: 'Mod+O',
      run: () => void pickFolder(enter).catch(tell),
      isAvailable: () => !isStaticPage(),
    },
    {
      id: 'open.new',
      command: 'project.create',
      title: 'New project',
      group: 'Projects',
      icon: 'plus',
      // A browser keeps this one for a window of its own.
      ...(isDesktop() ? { keys: 'Mod+N' } : {}),
      run: () => void enter('new').catch(tell),
    },
  ];
}

function recentActions(recents: readonly RecentProject[]): Action[] {
  return recents
    .filter(({ state }) => state !== 'missing')
    .map(({ dir, name }) => ({
      id: `${RECENT_ACTION}${dir}`,
      title: `${name}, ${dir}`,
      group: 'Recent projects',
      icon: 'folder',
      line: `teal ui -p ${dir}`,
      run: () => openFolder(dir),
    }));
}

/** In the system's dialog where there is one, else on the welcome screen. */
async function pickFolder(enter: (panel: EntrancePanel) => Promise<void>): Promise<void> {
  const pick = getFolderPicker();
  if (!pick) return enter('folder');
  const dir = await pick();
  if (dir !== null) openFolder(dir);
}

function tell(error: unknown): void {
  notifyProblem(toProblem(error));
}
