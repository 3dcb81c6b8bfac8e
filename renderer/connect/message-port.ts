import { channels } from '../../shared/protocol/desktop';
import type { Carrier } from '../../shared/protocol/port';

/**
 * Waits for the port that the preload script posts to this window. `teal:ready` tells the preload that
 * somebody listens, at the start and again after a port was lost.
 */
export function openPort(): Promise<Carrier> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== channels.port || !port) return;
      window.removeEventListener('message', receive);
      resolve(carryPort(port));
    };
    window.addEventListener('message', receive);
    window.postMessage(channels.ready, '*');
  });
}

function carryPort(port: MessagePort): Carrier {
  return {
    post: (bytes) => port.postMessage(bytes),
    listen: (receive) => {
      port.onmessage = (event: MessageEvent<Uint8Array | ArrayBuffer>) =>
        receive(event.data instanceof Uint8Array ? event.data : new Uint8Array(event.data));
      port.start();
    },
    onClose: (closed) => onLost(port, closed),
    close: () => port.close(),
  };
}

/** The shell says when the host is gone; the port itself may or may not. */
function onLost(port: MessagePort, lost: () => void): void {
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
    lost();
  };
  const { signal } = stop;
  port.addEventListener('close', end, { signal });
  window.addEventListener(
    'message',
    (event) => {
      if (event.source === window && event.data === channels.lost) end();
    },
    { signal },
  );
}
