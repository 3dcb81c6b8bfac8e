import { getShell } from '../connect/shell';

/** Whether the window runs in the desktop shell rather than in a browser tab. */
export function isDesktop(): boolean {
  return getShell() !== undefined;
}

/** The system's folder dialog; undefined where there is none and the window must ask by itself. */
export function getFolderPicker(): (() => Promise<string | null>) | undefined {
  const shell = getShell();
  return shell?.pickFolder?.bind(shell);
}

export function getWindowControl(): ((verb: 'minimise' | 'maximise' | 'close') => void) | undefined {
  const shell = getShell();
  return shell?.control?.bind(shell);
}
