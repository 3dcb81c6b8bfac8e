import { resolve } from 'node:path';
import { errorCatalogue, fault, type Problem, toProblem } from '../../shared/base/errors';
import type { Context, GlobalOptions, Terminal } from './context';
import { problemText } from './text';
import { PartlyDone } from './watch-run';

/** What a verb does; the number it gives, if any, is the exit code of a run that worked but found something. */
export type Verb = (context: Context) => Promise<number | undefined>;

/** Runs one verb beside a host of its own, prints what it found or what went wrong, and gives the exit code. */
export async function runVerb(verb: Verb, options: GlobalOptions, terminal: Terminal): Promise<number> {
  const { startHost } = await import('../host/host');
  const { version } = await import('../host/version');
  const host = startHost({ version, way: 'command line' });
  const abort = new AbortController();
  const cancel = () => abort.abort(fault('cancelled', 'Cancelled.'));
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    return (await verb(contextOf({ terminal, options, signal: abort.signal, client: host.client() }))) ?? 0;
  } catch (error) {
    const exit = showFailure(toProblem(error), options, terminal);
    return error instanceof PartlyDone ? error.exit : exit;
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
    await host.close();
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

function contextOf(base: Pick<Context, 'terminal' | 'options' | 'signal' | 'client'>): Context {
  const progress = (text: string) => base.terminal.err(text);
  const call: Context['call'] = async (id, input) => {
    base.signal.throwIfAborted();
    return base.client.call(id, input, { signal: base.signal, progress });
  };
  return {
    ...base,
    call,
    open: () => call('project.open', { dir: resolve(base.terminal.cwd, base.options.project) }),
    show: (document, text) =>
      base.terminal.out(base.options.json ? JSON.stringify(document, null, 2) : text()),
  };
}
