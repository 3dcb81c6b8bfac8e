import { resolve } from 'node:path';
import { errorCatalogue, fault, type Problem, toProblem } from '../../shared/base/errors';
import { version } from '../host/version';
import type { Reach } from '../server/reach';
import { COPY, type Context, type GlobalOptions, type Terminal } from './context';
import { drain } from './drain';
import { problemText } from './text';
import { PartlyDone } from './watch-run';

/** What a verb does; the number it gives, if any, is the exit code of a run that worked but found something. */
export type Verb = (context: Context) => Promise<number | undefined>;

/** Whether a verb reads, and soon ends, or writes and may take long. */
export type Weight = 'look' | 'work';

interface Surroundings {
  readonly options: GlobalOptions;
  readonly terminal: Terminal;
  readonly weight: Weight;
}

/** Runs one verb, attached to the host that has the project open or beside one of its own; prints what it found or what went wrong, and gives the exit code. */
export async function runVerb(verb: Verb, around: Surroundings): Promise<number> {
  const { options, terminal } = around;
  const abort = new AbortController();
  let toldToEnd = false;
  const cancel = (signal: NodeJS.Signals) => {
    toldToEnd = signal === 'SIGTERM';
    abort.abort(fault('cancelled', 'Cancelled.'));
  };
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  let reach: Reach | undefined;
  try {
    refuseWriting(around);
    reach = await createReach(around, abort.signal);
    return (await verb(contextOf({ terminal, options, signal: abort.signal, client: reach }))) ?? 0;
  } catch (error) {
    const exit = showFailure(toProblem(error), options, terminal);
    return error instanceof PartlyDone ? error.exit : exit;
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
    await reach?.close(async (own) => (toldToEnd ? undefined : drain(own, terminal)));
  }
}

/** Prints a failure as the one JSON document or as text, and gives its exit code. */
export function showFailure(
  problem: Problem,
  options: Pick<GlobalOptions, 'json'>,
  terminal: Terminal,
): number {
  if (options.json) terminal.out(JSON.stringify({ error: problem }, null, 2));
  else terminal.err(problemText(problem));
  return errorCatalogue[problem.code].exit;
}

function refuseWriting({ options, weight }: Surroundings): void {
  if (!options.readOnlyCopy || weight === 'look') return;
  throw fault('copy.read_only', 'This verb writes, and a copy is only there to look at.', {
    kept: 'Nothing was copied or written.',
    remedy: 'Leave --read-only-copy out once the project is free.',
  });
}

async function createReach(around: Surroundings, signal: AbortSignal): Promise<Reach> {
  const { Reach: Client } = await import('../server/reach');
  const { terminal, weight, options } = around;
  const way = options.readOnlyCopy ? COPY : 'command line';
  return new Client({
    version,
    way,
    mayTakeLong: weight === 'work',
    attaches: !options.readOnlyCopy,
    signal,
    say: (text) => terminal.err(text),
    start: async () => {
      if (options.readOnlyCopy) return (await import('./copy')).startCopy(terminal);
      const { serveHost } = await import('../server/serve-host');
      return serveHost({ version, way, lasts: weight });
    },
  });
}

function contextOf(base: Pick<Context, 'terminal' | 'options' | 'signal' | 'client'>): Context {
  const progress = (text: string) => base.terminal.err(text);
  const call: Context['call'] = async (id, input) => {
    base.signal.throwIfAborted();
    return base.client.call(id, input, { signal: base.signal, progress });
  };
  return {
    ...base,
    call,
    open: () => base.client.open(resolve(base.terminal.cwd, base.options.project)),
    show: (document, text) =>
      base.terminal.out(base.options.json ? JSON.stringify(document, null, 2) : text()),
  };
}
