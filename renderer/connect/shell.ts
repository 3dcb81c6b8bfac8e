import type { DesktopBridge } from '../../shared/protocol/desktop';

/** What the desktop shell's preload script offers on `window.teal`; absent in a browser tab. */
export interface Shell extends DesktopBridge {
  /** only where the window has no frame of its own */
  control?(verb: 'minimise' | 'maximise' | 'close'): void;
}

declare global {
  interface Window {
    readonly teal?: Shell;
  }
}

export function getShell(): Shell | undefined {
  return window.teal?.shell === 'electron' ? window.teal : undefined;
}
