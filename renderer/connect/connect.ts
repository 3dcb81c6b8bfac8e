import type { Connection } from './connection';
import { createConnection } from './lasting-client';
import { openPort } from './message-port';
import { getShell } from './shell';
import { takeToken } from './token';
import { openSocket } from './web-socket';

/**
 * Picks the carrier of this window: Electron's port, or a WebSocket to where the page came from.
 * It answers at once, so that the window can draw; calls wait until the carrier is open.
 */
export function connect(): Connection {
  if (getShell()) return createConnection(openPort);
  const { protocol, host } = window.location;
  const token = encodeURIComponent(takeToken());
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws?token=${token}`;
  return createConnection(() => openSocket(url));
}
