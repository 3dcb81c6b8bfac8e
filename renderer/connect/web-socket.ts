import type { Carrier } from '../../shared/protocol/port';

/** A host answers, but it was started anew since and does not take this window's token. */
export class Refused extends Error {}

/** Opens a WebSocket; rejects when it closes before it was open, with `Refused` where the page's own address still answers. */
export function openSocket(url: string): Promise<Carrier> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => resolve(carrySocket(socket)), { once: true });
    socket.addEventListener('close', () => void whyClosed().then(reject), { once: true });
  });
}

async function whyClosed(): Promise<Error> {
  const answers = await fetch('.', { method: 'HEAD', cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? new Refused('The token is not taken.') : new Error('The socket did not open.');
}

function carrySocket(socket: WebSocket): Carrier {
  return {
    post: (bytes) => socket.send(bytes as Uint8Array<ArrayBuffer>),
    listen: (receive) => {
      socket.onmessage = (event: MessageEvent<ArrayBuffer>) => receive(new Uint8Array(event.data));
    },
    onClose: (closed) => socket.addEventListener('close', () => closed(), { once: true }),
    close: () => socket.close(),
  };
}
