import { useEffect, useMemo } from 'react';
import { toProblem } from '../../shared/base/errors';
import { type Action, useOfferActions } from '../store/actions';
import { openPalette } from '../store/choices/palette';
import { goTo } from '../store/choices/room';
import { toggleShortcuts } from '../store/choices/shortcuts';
import { chooseTheme } from '../store/choices/theme';
import { notifyProblem } from '../store/notices';
import { isStaticPage } from '../store/page';
import { downloadOpenProject } from '../store/page-projects';
import { useCloseProject } from '../store/project';
import { pressAction } from './press-action';
import { rooms } from './rooms';

const THEME_ACTIONS: readonly Action[] = (['light', 'dark', 'system'] as const).map((theme) => ({
  id: `theme.${theme}`,
  title: theme === 'system' ? 'Theme as the system' : `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
  group: 'Window',
  icon: 'settings',
  run: () => chooseTheme(theme),
}));

const PAGE_ACTIONS: readonly Action[] = [false, true].map((warehouse) => ({
  id: warehouse ? 'project.download.all' : 'project.download',
  title: warehouse ? 'Download the project with its warehouse' : 'Download the project',
  group: 'Window',
  icon: 'export',
  run: () => void downloadOpenProject(warehouse),
}));

const WINDOW_ACTIONS: readonly Action[] = [
  {
    id: 'window.palette',
    title: 'Search or run a command',
    group: 'Window',
    icon: 'search',
    keys: 'Mod+K',
    run: () => openPalette(),
  },
  {
    id: 'window.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Window',
    icon: 'keyboard',
    keys: '?',
    run: toggleShortcuts,
  },
  ...THEME_ACTIONS,
];

/** What the window itself can do, and the keys of everything that is on offer. */
export function useWindowActions(isProjectOpen: boolean): void {
  const close = useCloseProject();
  const actions = useMemo(() => {
    if (!isProjectOpen) return WINDOW_ACTIONS;
    const closing: Action = {
      id: 'project.close',
      command: 'project.close',
      title: 'Close the project',
      group: 'Window',
      icon: 'x',
      run: () => void close().catch((error: unknown) => notifyProblem(toProblem(error))),
    };
    return [...roomActions(), ...(isStaticPage() ? PAGE_ACTIONS : []), closing, ...WINDOW_ACTIONS];
  }, [isProjectOpen, close]);
  useOfferActions(actions);
  useEffect(() => {
    window.addEventListener('keydown', pressAction);
    return () => window.removeEventListener('keydown', pressAction);
  }, []);
}

function roomActions(): Action[] {
  return rooms.map(({ id, title, icon }, at) => ({
    id: `room.${id}`,
    title,
    group: 'Rooms',
    icon,
    keys: `Mod+${at + 1}`,
    otherKeys: `${at + 1}`,
    run: () => goTo(id),
  }));
}
