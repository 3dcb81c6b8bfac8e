import { answerPort, type Carrier, type Client } from '../../shared/protocol/port';
import { createService, type Service } from '../../shared/service/service';
import type { openNativeEngine } from '../engine/native-engine';
import { createNodePlatform } from '../project/node-platform';
import { directClient } from './direct-client';

/** A running service beside the native engine; clients reach it over any carrier, or directly. */
export interface Host {
  readonly service: Service;
  attach(carrier: Carrier): void;
  client(): Client;
  close(): Promise<void>;
}

export interface HostOptions {
  readonly version: string;
  /** how people reach this host: `command line`, `browser on the server`, `desktop` */
  readonly way: string;
}

export function startHost(options: HostOptions): Host {
  const service = createService(createNodePlatform({ ...options, openEngine }));
  return {
    service,
    attach: (carrier) => answerPort(carrier, service),
    client: () => directClient(service),
    close: () => service.close(),
  };
}

/** The engine is loaded with the first project, so that a host without one answers at once. */
const openEngine: typeof openNativeEngine = async (request) =>
  (await import('../engine/native-engine')).openNativeEngine(request);
