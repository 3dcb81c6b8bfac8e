import type { Carrier } from '../../shared/protocol/port';

/** Opens a WebSocket; rejects when it closes before it was open. */
export function openSocket(url: string): Promise<Carrier> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => resolve(carrySocket(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error('The socket did not open.')), { once: true });
  });
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
