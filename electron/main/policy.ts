import type { Electron } from './electron';

/** Where the window's files seem to come from. */
export const ORIGIN = 'app://teal';

/** The window may load its own files, nothing else, and run no text as code. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The buttons that copy need it; it writes plain text and reads nothing. */
const ALLOWED = 'clipboard-sanitized-write';

export function isOwnAddress(url: string): boolean {
  return url === ORIGIN || url.startsWith(`${ORIGIN}/`);
}

/** Whatever page there is stays where it is, opens no other, and is granted nothing. */
export function guardContents({ app, session }: Electron): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === ALLOWED),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED);
  defaultSession.setDevicePermissionHandler(() => false);
}
