import { type Answering, answerPort, type Carrier, type Client } from '../../shared/protocol/port';
import { createService, type Service } from '../../shared/service/service';
import type { openNativeEngine } from '../engine/native-engine';
import { createNodePlatform } from '../project/node-platform';
import { directClient } from './direct-client';
import { announcing, type Presence } from './presence';
import { build } from './version';

/** A running service beside the native engine; clients reach it over any carrier, or directly. */
export interface Host {
  readonly service: Service;
  attach(carrier: Carrier): void;
  client(): Client;
  /** how many clients of other processes are attached; absent where none can */
  attached?(): number;
  /** resolves once none is attached any more */
  drained?(): Promise<void>;
  close(): Promise<void>;
}

export interface HostOptions {
  readonly version: string;
  /** how people reach this host: `command line`, `browser on the server`, `desktop` */
  readonly way: string;
  /** names the program's code, for what is cached in projects */
  readonly build?: string;
  /** makes it known to others on this machine; without it nobody finds it */
  readonly presence?: Presence;
}

export function startHost(options: HostOptions): Host {
  const platform = createNodePlatform({ build, ...options, openEngine });
  return hostOf(createService(announcing(platform, options.presence)));
}

/** A service as a host; `answers` stands between it and its clients, if given. */
export function hostOf(service: Service, answers: Answering = service): Host {
  return {
    service,
    attach: (carrier) => answerPort(carrier, answers),
    client: () => directClient(answers),
    close: () => service.close(),
  };
}

/** The engine is loaded with the first project, so that a host without one answers at once. */
const openEngine: typeof openNativeEngine = async (request) =>
  (await import('../engine/native-engine')).openNativeEngine(request);
