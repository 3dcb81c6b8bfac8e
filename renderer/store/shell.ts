import type { WindowOffer } from '../../shared/protocol/desktop';
import { getShell, type Shell } from '../connect/shell';

/** Whether the window runs in the desktop shell rather than in a browser tab. */
export function isDesktop(): boolean {
  return getShell() !== undefined;
}

/** The system's folder dialog; undefined where there is none and the window must ask by itself. */
export function getFolderPicker(): Shell['pickFolder'] | undefined {
  return getShell()?.pickFolder;
}

/** The system's dialog for files, which gives their paths; undefined where files must be sent. */
export function getFilePicker(): Shell['pickFiles'] | undefined {
  return getShell()?.pickFiles;
}

/** The path of a file that was dropped; empty where it cannot be known. */
export function pathOf(file: File): string {
  return getShell()?.pathOf(file) ?? '';
}

/** Tells the shell what its menus can offer. */
export function offerToShell(offer: WindowOffer): void {
  getShell()?.offer(offer);
}

/** Answers what the shell asks of the window; the last one to call this is the one that is asked. */
export function answerShell(answer: Parameters<Shell['onAsk']>[0]): void {
  getShell()?.onAsk(answer);
}

export function getWindowControl(): ((verb: 'minimise' | 'maximise' | 'close') => void) | undefined {
  const shell = getShell();
  return shell?.control?.bind(shell);
}
