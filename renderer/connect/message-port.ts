import type { Carrier } from '../../shared/protocol/port';

const PORT = 'teal:port';
const READY = 'teal:ready';

/**
 * Waits for the port that the preload script posts to this window. `teal:ready` tells the preload that
 * somebody listens, at the start and again after a port was lost.
 */
export function openPort(): Promise<Carrier> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT || !port) return;
      window.removeEventListener('message', receive);
      resolve(carryPort(port));
    };
    window.addEventListener('message', receive);
    window.postMessage(READY, '*');
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
    onClose: (closed) => port.addEventListener('close', () => closed(), { once: true }),
    close: () => port.close(),
  };
}
