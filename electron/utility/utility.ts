import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MessagePortMain } from 'electron';
import { version } from '../../node/host/version';
import { serveHost } from '../../node/server/serve-host';
import type { Carrier } from '../../shared/protocol/port';

const host = serveHost({ version, way: 'desktop', lasts: 'window' });
const project = argumentOf('-p') ?? argumentOf('--project');
if (project !== undefined && existsSync(join(resolve(project), 'config.yaml')))
  await host.service.open(resolve(project));

process.parentPort.on('message', (event) => {
  const [port] = event.ports;
  if (port) host.attach(carrierOf(port));
});

function carrierOf(port: MessagePortMain): Carrier {
  port.start();
  return {
    post: (bytes) => port.postMessage(bytes),
    listen: (receive) => port.on('message', (event) => receive(event.data as Uint8Array)),
    onClose: (closed) => port.once('close', closed),
    close: () => port.close(),
  };
}

function argumentOf(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
