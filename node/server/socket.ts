import type { WebSocket } from 'ws';
import type { Carrier } from '../../shared/protocol/port';

/** A WebSocket of Node's as a carrier, at either end. */
export function carrierOf(socket: WebSocket): Carrier {
  socket.binaryType = 'nodebuffer';
  return {
    post: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes);
    },
    listen: (receive) => socket.on('message', (data: Buffer) => receive(new Uint8Array(data))),
    onClose: (closed) => socket.once('close', closed),
    close: () => socket.close(),
  };
}
