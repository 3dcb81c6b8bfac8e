import type { Connection } from './connection';
import { createConnection } from './lasting-client';
import { openPort } from './message-port';
import { getShell } from './shell';
import { hasToken, takeToken } from './token';
import { openSocket } from './web-socket';

/**
 * Picks the carrier of this window: Electron's port, or a WebSocket to where the page came from.
 * It answers at once, so that the window can draw; calls wait until the carrier is open.
 */
export function connect(): Connection {
  if (getShell()) return createConnection(openPort);
  const { protocol, host } = window.location;
  const token = encodeURIComponent(takeToken());
  // The address of a host started anew differs in its token alone, and browsers do not load a page again for that.
  window.addEventListener('hashchange', () => {
    if (hasToken(window.location.hash)) window.location.reload();
  });
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws?token=${token}`;
  return createConnection(() => openSocket(url));
}
