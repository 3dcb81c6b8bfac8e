import { realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault, fault } from '../../shared/base/errors';
import type { HostEvent } from '../../shared/protocol/events';
import type { CallOptions, Client } from '../../shared/protocol/port';
import {
  type CommandId,
  type CommandInput,
  type CommandOutput,
  commandTable,
} from '../../shared/protocol/table';
import type { Host } from '../host/host';
import { holderOf } from '../host/presence';
import { type HostEntry, readHostEntries } from '../project/host-entries';
import { stateFolder } from '../project/state-folder';
import { type Joined, joinHost, untilClosed } from './join';

/** How long a verb that may take long waits for a short one to let go of the project, rather than make it stay on. */
const SHORT_VERB = 5_000;

/** How long a Teal may hold the warehouse without answering, as while it starts or ends. */
const PATIENCE = 15_000;

/** Which process serves the project. */
export interface HostFacts {
  readonly pid: number;
  readonly way: string;
  readonly since: string;
  /** whether that is another process, which this one is attached to */
  readonly attached: boolean;
}

export interface ReachOptions {
  readonly version: string;
  /** how this process is called once it is the host itself */
  readonly way: string;
  /** whether it may take long, and so should not make a short verb's host stay on for it */
  readonly mayTakeLong: boolean;
  /** false: always a host of its own */
  readonly attaches: boolean;
  readonly signal: AbortSignal;
  /** says what is being waited for */
  say(text: string): void;
  /** starts the host that this process becomes where nobody serves the project */
  start(): Promise<Host>;
}

/** A client of whichever host has the project open: attached to it, or by a host of its own. DuckDB's lock says who that is. */
export class Reach implements Pick<Client, 'call' | 'subscribe'> {
  private joined: Joined | undefined;
  private own: Promise<Host> | undefined;
  private dir = '';
  private since = Date.now();

  constructor(private readonly options: ReachOptions) {}

  /**
   * Attaches to the host that has the project open, or opens it here. A holder that nothing is known of is asked for twice, since a host
   * that has just ended takes its entry with it.
   */
  async open(dir: string): Promise<CommandOutput<'project.open'>> {
    const { signal } = this.options;
    const real = await realpath(dir).catch(() => null);
    const deadline = Date.now() + PATIENCE;
    let stranger: number | null = null;
    this.dir = dir;
    for (let wait = 10; ; wait = Math.min(wait * 2, 500)) {
      if (real !== null && (await this.join(real))) break;
      try {
        return await this.become(dir);
      } catch (error) {
        const holder = holderOf(error);
        if (real === null || holder === null) throw error;
        const known = await this.isTeal(real, holder);
        if (Date.now() > deadline || (!known && stranger === holder)) throw error;
        stranger = known ? null : holder;
      }
      await pause(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    return (this.joined as Joined).overview;
  }

  async call<Id extends CommandId>(
    id: Id,
    input: CommandInput<Id>,
    options: CallOptions = {},
  ): Promise<CommandOutput<Id>> {
    const { joined } = this;
    if (!joined) return (await this.ownHost()).client().call(id, input, options);
    try {
      return await joined.client.call(id, input, options);
    } catch (error) {
      const cut = joined.isLost() && isConnectionFault(error);
      if (!cut && !isClosing(error)) throw error;
      if (options.signal?.aborted || commandTable[id].risk !== 'look') throw cut ? lost(joined, id) : error;
      const { way, pid } = joined.entry;
      this.options.say(`The host (${way}, process ${pid}) has ended; asking again.`);
      this.joined = undefined;
      await this.open(this.dir);
      return this.call(id, input, options);
    }
  }

  subscribe(listener: (event: HostEvent) => void): () => void {
    if (this.joined) return this.joined.client.subscribe(listener);
    const stop = this.ownHost().then((host) => host.client().subscribe(listener));
    return () => void stop.then((end) => end());
  }

  facts(): HostFacts {
    const entry = this.joined?.entry;
    return {
      pid: entry?.pid ?? process.pid,
      way: entry?.way ?? this.options.way,
      since: new Date(entry?.since ?? this.since).toISOString(),
      attached: entry !== undefined,
    };
  }

  /** The entry of the host that this process is attached to; undefined where it is the host itself. */
  entry(): HostEntry | undefined {
    return this.joined?.entry;
  }

  /** Lets go: of the connection, and of the host of its own, if any, once `before` has seen to it. */
  async close(before: (own: Host) => Promise<void> = () => Promise.resolve()): Promise<void> {
    this.joined?.client.close();
    const own = await this.own?.catch(() => undefined);
    if (!own) return;
    if (!this.joined) await before(own);
    await own.close();
  }

  /** The host of its own, started if it was not. */
  ownHost(): Promise<Host> {
    this.own ??= this.options.start();
    return this.own;
  }

  private async become(dir: string): Promise<CommandOutput<'project.open'>> {
    const host = await this.ownHost();
    await host.service.open(dir);
    this.since = Date.now();
    return host.client().call('project.overview', {});
  }

  private async join(real: string): Promise<boolean> {
    const { version, signal, say, mayTakeLong, attaches } = this.options;
    if (!attaches) return false;
    for (const found of await readHostEntries(stateFolder(process.env), real, version)) {
      if (found.kind !== 'host') continue;
      const who = `${found.entry.way}, process ${found.pid}`;
      if (mayTakeLong && found.entry.lasts === 'look') await untilClosed(found.entry, signal, SHORT_VERB);
      const slow = setTimeout(() => say(`Waiting for the host of this project (${who}).`), 1000);
      try {
        const joined = await joinHost(found.entry, { signal, progress: say });
        if (!joined) continue;
        this.joined = joined;
        return true;
      } finally {
        clearTimeout(slow);
      }
    }
    return false;
  }

  /** Whether the holder of the lock is a Teal to attach to; one that cannot be attached to is a fault. */
  private async isTeal(real: string, pid: number): Promise<boolean> {
    const { version } = this.options;
    const all = await readHostEntries(stateFolder(process.env), real, version);
    const found = all.find((one) => one.pid === pid);
    if (found?.kind === 'version')
      throw fault(
        'host.version',
        `Teal ${found.version} (process ${pid}) has the project open, and this is Teal ${version}.`,
        {
          kept: 'Nothing was changed.',
          remedy: `End process ${pid}, or give the command with Teal ${found.version}.`,
        },
      );
    if (found?.kind === 'untrusted')
      throw fault(
        'host.untrusted',
        `Process ${pid} has the project open, but what tells how to reach it cannot be relied on: ${found.why}.`,
        {
          place: { file: found.file },
          kept: 'Nothing was sent to it.',
          remedy: `End process ${pid} and start it again, once only you can read and write that path (chmod go= does it).`,
        },
      );
    return found !== undefined;
  }
}

function isClosing(error: unknown): boolean {
  return error instanceof Fault && error.problem.code === 'host.closing';
}

function isConnectionFault(error: unknown): boolean {
  return !(error instanceof Fault) || error.problem.code === 'wire.invalid';
}

function lost({ entry }: Joined, id: CommandId): Fault {
  return fault(
    'host.lost',
    `The host (${entry.way}, process ${entry.pid}) ended during “${commandTable[id].title}”.`,
    {
      kept: 'Finished batches and all that was acknowledged; no step is left half written.',
      remedy:
        'Give the command again, and it opens the project itself; an unfinished run goes on with teal backfill --resume.',
    },
  );
}
