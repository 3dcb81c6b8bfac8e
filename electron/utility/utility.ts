import type { MessagePortMain } from 'electron';
import { version } from '../../node/host/version';
import { serveHost } from '../../node/server/serve-host';
import type { HostOrder, HostWord } from '../../shared/protocol/desktop';
import type { Carrier } from '../../shared/protocol/port';

const host = serveHost({ version, way: 'desktop', lasts: 'window' });
const project = process.argv[process.argv.indexOf('-p') + 1];
// Ports that come meanwhile are answered once the project is open, so that the window never sees none.
const opened = process.argv.includes('-p') && project !== undefined ? open(project) : Promise.resolve();

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const order = data as HostOrder;
  if (order.type === 'attach' && port) void opened.then(() => host.attach(carrierOf(port)));
  if (order.type === 'close') void close();
});

async function open(dir: string): Promise<void> {
  try {
    await host.service.open(dir);
  } catch {
    say({ type: 'not-opened', dir });
  }
}

/** The batch under way is finished and kept; the shell ends this process when it hears so. */
async function close(): Promise<void> {
  const kept = await host.service.settle();
  await host.close();
  say({ type: 'closed', kept });
}

function say(word: HostWord): void {
  process.parentPort.postMessage(word);
}

function carrierOf(port: MessagePortMain): Carrier {
  return {
    post: (bytes) => port.postMessage(bytes),
    listen: (receive) => {
      port.on('message', (event) => receive(event.data as Uint8Array));
      // What waited comes at once, so only after there is a listener.
      port.start();
    },
    onClose: (closed) => port.once('close', closed),
    close: () => port.close(),
  };
}
