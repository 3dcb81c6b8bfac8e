import { errorCatalogue, Fault, type Problem, toProblem } from '../../shared/base/errors';
import type { RunStatus } from '../../shared/protocol/views/backfill';
import type { Context } from './context';
import { plural, seconds } from './text';

/** What stopped a run that had committed batches before. */
export class PartlyDone extends Fault {
  /** a usage error's code would say that nothing was done */
  get exit(): number {
    return exitPartly(this.problem.code);
  }
}

/** The exit code of a run that had committed batches before it failed. */
export function exitPartly(code: Problem['code']): number {
  const { exit } = errorCatalogue[code];
  return exit === 2 ? errorCatalogue['run.failed'].exit : exit;
}

/** The least time between two lines of progress where nobody looks at a terminal, in ms. */
const QUIET_GAP = 2_000;

/** Says on stderr how far a run is, while `work` waits for it. */
export async function watchingRun<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const { terminal } = context;
  let last = 0;
  let said = '';
  let run: string | undefined;
  const stop = context.client.subscribe((event) => {
    if (event.type !== 'run.progress') return;
    const { batchesDone, batchesTotal, rows, secondsLeft } = event.progress;
    run = event.progress.id;
    const now = Date.now();
    if (!terminal.isInteractive && now - last < QUIET_GAP && batchesDone < batchesTotal) return;
    const left = secondsLeft === null ? '' : `, about ${seconds(secondsLeft)} left`;
    const line = `${batchesDone} of ${plural(batchesTotal, 'batch')}, ${plural(rows, 'row')}${left}`;
    if (line === said) return;
    last = now;
    said = line;
    terminal.err(terminal.isInteractive ? `\r\u001b[K${line}` : line);
  });
  try {
    return await work();
  } catch (error) {
    throw run !== undefined && isOfThisRun(error) && (await hasCommitted(context, run))
      ? new PartlyDone(toProblem(error))
      : error;
  } finally {
    stop();
    if (terminal.isInteractive) terminal.err('\r\u001b[K');
  }
}

// Where another client's run is in the way, its events are heard too; and where the host is gone, there is nobody to ask.
function isOfThisRun(error: unknown): boolean {
  const { code } = toProblem(error);
  return code !== 'run.conflict' && code !== 'host.lost' && code !== 'host.closing';
}

// Asked, not watched: the last event of a run may come after its end.
async function hasCommitted(context: Context, id: string): Promise<boolean> {
  const { run } = await context.client.call('backfill.status', { run: id });
  return run !== null && run.batchesDone > 0;
}

/** The end of a run in one line, and a line for each audit that found rows and stopped nothing. */
export function runLine(run: RunStatus): string {
  const release = run.release === null ? '' : `, release ${run.release} is live`;
  const found = new Map<string, number>();
  for (const { model, audit, failedRows, times } of run.auditReports ?? []) {
    const name = audit === model ? audit : `${audit} of ${model}`;
    if (failedRows) found.set(name, (found.get(name) ?? 0) + failedRows * times);
  }
  const findings = [...found].map(
    ([name, rows]) => `\n${name} found ${plural(rows, 'row')}, and stops nothing.`,
  );
  return `Filled ${run.environment}: ${plural(run.batchesDone, 'batch')}, ${plural(run.rows, 'row')} in ${seconds(run.elapsedSeconds)}${release}.${findings.join('')}`;
}
