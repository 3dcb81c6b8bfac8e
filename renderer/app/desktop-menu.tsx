import { useEffect } from 'react';
import { runAction, useActions } from '../store/actions';
import { useThemeChoice } from '../store/choices/theme';
import { openFolder } from '../store/opening';
import { answerShell, isDesktop, offerToShell } from '../store/shell';

/**
 * Keeps the menus of the desktop shell in step with what the window can do, and does what they ask. `project` is undefined until it
 * is known. It draws nothing; being a leaf, it does not draw the frame again with every action that comes or goes.
 */
export function DesktopMenu({ project }: { project: string | null | undefined }): null {
  const theme = useThemeChoice((choice) => choice.theme);
  const actions = useActions().map(({ id, title, command, keys }) => ({ id, title, command, keys }));
  const text =
    project === undefined || !isDesktop() ? undefined : JSON.stringify({ actions, project, theme });
  useEffect(() => {
    if (text !== undefined) offerToShell(JSON.parse(text));
  }, [text]);
  useEffect(() => {
    answerShell((ask) => {
      if (ask.kind === 'open') openFolder(ask.dir);
      else runAction(ask.action);
    });
  }, []);
  return null;
}
