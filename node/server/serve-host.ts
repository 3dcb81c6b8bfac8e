import { realpath } from 'node:fs/promises';
import { fault } from '../../shared/base/errors';
import { type Answering, answerPort, type Carrier } from '../../shared/protocol/port';
import { guarded } from '../host/guard';
import { type Host, type HostOptions, startHost } from '../host/host';
import type { Presence } from '../host/presence';
import { type HostEntry, readHostEntries, writeHostEntry } from '../project/host-entries';
import { stateFolder } from '../project/state-folder';
import { findWindow } from './assets';
import { type RunningServer, startServer } from './server';

/** A host that others on this machine find and attach to, through a server on the loopback address. */
export interface ServedHost extends Host {
  /** starts the server on a port, before a project is opened; without it any free one is taken */
  listen(port: number | null): Promise<RunningServer>;
}

type ServedOptions = Pick<HostOptions, 'version' | 'way'> & Pick<HostEntry, 'lasts'>;

/**
 * Starts a host with a server. While it has a project open, an entry in the user's state folder names its address and token; the entry
 * is there before the warehouse is opened and until after it is closed, so that whoever meets the lock finds who holds it.
 */
export function serveHost(options: ServedOptions): ServedHost {
  const presence = new Served(options);
  const host = startHost({ ...options, presence });
  presence.host = host;
  return {
    ...host,
    listen: (port) => presence.listen(port),
    attached: () => presence.attached.size,
    drained: () => presence.drained(),
    close: async () => {
      await host.close();
      await presence.close();
    },
  };
}

class Served implements Presence {
  host: Host | undefined;
  readonly attached = new Set<Carrier>();
  /** the projects that this host has open or is opening, with the connections that end with each */
  private readonly held = new Map<string, Set<Carrier>>();
  private readonly empty = new Set<() => void>();
  private server: Promise<RunningServer> | undefined;

  constructor(private readonly options: ServedOptions) {}

  listen(port: number | null): Promise<RunningServer> {
    this.server ??= startServer({
      assets: findWindow(),
      port,
      attach: (carrier, query) => this.take(carrier, query),
    });
    this.server.catch(() => {
      this.server = undefined;
    });
    return this.server;
  }

  // Where nothing can be written, as in some containers, the host works all the same and nobody finds it.
  async hold(dir: string): Promise<() => Promise<void>> {
    this.held.set(dir, new Set());
    const remove = await this.announce(dir).catch(() => () => Promise.resolve());
    return async () => {
      const carriers = this.held.get(dir) ?? [];
      this.held.delete(dir);
      for (const carrier of carriers) carrier.close();
      await remove();
    };
  }

  async nameOf(dir: string, pid: number): Promise<string | null> {
    const found = await readHostEntries(stateFolder(process.env), dir, this.options.version);
    const one = found.find((candidate) => candidate.pid === pid);
    return one?.kind === 'host' ? one.entry.way : null;
  }

  drained(): Promise<void> {
    return this.attached.size === 0 ? Promise.resolve() : new Promise((done) => this.empty.add(done));
  }

  async close(): Promise<void> {
    await (await this.server?.catch(() => undefined))?.close();
  }

  private async announce(dir: string): Promise<() => Promise<void>> {
    const { port, token } = await this.listen(null);
    return writeHostEntry(stateFolder(process.env), {
      ...this.options,
      project: dir,
      since: Date.now(),
      port,
      token,
    });
  }

  private take(carrier: Carrier, query: URLSearchParams): void {
    const dir = query.get('project');
    if (!this.host) carrier.close();
    else if (dir === null) this.takeWindow(carrier, this.host);
    else this.bind(carrier, dir, query.has('wait') ? null : boundTo(this.host.service, dir));
  }

  /** Keeps a connection for as long as a project is open; a command line's is answered, another only waits for the end. */
  private bind(carrier: Carrier, dir: string, service: Answering | null): void {
    const others = this.held.get(dir);
    if (!others) {
      carrier.close();
      return;
    }
    others.add(carrier);
    carrier.onClose(() => others.delete(carrier));
    if (service === null) return;
    this.attached.add(carrier);
    carrier.onClose(() => this.left(carrier));
    answerPort(carrier, service);
  }

  // A window may open any project in a host that lasts for windows; one that lasts for a verb keeps to the verb's.
  private takeWindow(carrier: Carrier, host: Host): void {
    if (this.options.lasts === 'window') host.attach(carrier);
    else answerPort(carrier, boundTo(host.service, [...this.held.keys()][0] ?? ''));
  }

  private left(carrier: Carrier): void {
    this.attached.delete(carrier);
    if (this.attached.size > 0) return;
    for (const done of this.empty) done();
    this.empty.clear();
  }
}

/** The service for a client of one project: the host may have closed it, and never opens another for this client's sake. */
function boundTo(service: Host['service'], dir: string): Answering {
  return guarded(service, async (id, input) => {
    const open = id === 'project.open' ? await realOf((input as { dir: string }).dir) : dir;
    if (open !== dir || id === 'project.create' || id === 'project.close')
      throw fault(
        'host.taken',
        `This host has ${dir} open for as long as its command runs, and nothing else.`,
        {
          kept: 'Nothing was changed.',
          remedy: 'Start teal ui for another project.',
        },
      );
    // Who comes may have just written files, and the watcher may not have told yet.
    if (id === 'project.open') await service.reread();
    if ((await service.project()) !== dir)
      throw fault('host.closing', `The host (process ${process.pid}) has closed ${dir}.`, {
        kept: 'Nothing was begun.',
        remedy: 'Give the command again.',
      });
    return id === 'project.open' ? 'project.overview' : undefined;
  });
}

function realOf(dir: string): Promise<string> {
  return realpath(dir).catch(() => dir);
}
