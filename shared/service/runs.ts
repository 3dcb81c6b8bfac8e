import {
  discardRun,
  finishedBatches,
  type OpenRun,
  openRun,
  setRunState,
  unfinishedRuns,
} from '../backfill/ledger';
import { type Cell, type Progress, startProgress } from '../backfill/progress';
import { Runner, type RunOutcome } from '../backfill/runner';
import { Fault, fault } from '../base/errors';
import { isEmptyPlan, uncategorised } from '../plan/build-plan';
import type { Plan } from '../plan/types';
import { aroundPlace } from '../project/around';
import { configPath } from '../project/load';
import type { RunStatus } from '../protocol/views/backfill';
import { auditFailures, reportAudits } from '../quality/audit-report';
import { readOutcomes } from '../quality/audit-store';
import { readSnapshotsById } from '../release/store';
import { estimatePlan } from './estimate';
import { progressView, runView } from './views/run-view';
import type { Workspace } from './workspace';

/** How often watchers hear of a run, at most. */
const EVENT_GAP = 60;

/** A run of this host with what its watchers last heard. */
interface Watched {
  readonly runner: Runner;
  readonly progress: Progress;
  readonly rowsExpected: number | null;
}

/** Starts, pauses, resumes and stops the runs of one open project; one runs at a time. */
export class Runs {
  private current: Watched | undefined;
  private starting = false;

  constructor(private readonly workspace: Workspace) {}

  /** Starts a plan, or goes on with the unfinished run of the very same plan. */
  start(plan: Plan): Promise<RunStatus> {
    return this.alone(() => this.startPlan(plan));
  }

  /** Goes on with a paused, stopped, failed or interrupted run. */
  async resume(id: string): Promise<RunStatus> {
    if (this.current?.progress.run === id && this.current.progress.state === 'paused') {
      this.current.runner.resume();
      return this.view(this.current);
    }
    return this.alone(() => this.takeUp(id));
  }

  private async startPlan(plan: Plan): Promise<RunStatus> {
    if (isEmptyPlan(plan))
      throw fault('plan.refused', 'Nothing differs and nothing is missing, so there is nothing to run.', {
        kept: 'Nothing was written.',
      });
    const open = uncategorised(plan);
    if (open.length > 0)
      throw fault('plan.uncategorised', `${open.join(', ')}: the change has no category yet.`, {
        kept: 'Nothing was written.',
        remedy: `Choose one, as with --choice ${open[0]}=NON_BREAKING, or let them be chosen: plan.auto_categorize_changes.`,
      });
    const waiting = await this.workspace.read(unfinishedRuns);
    const same = waiting.find((run) => goesOn(run) && samePlan(run.plan, plan));
    if (same) return this.launch(same.id, same.plan, same.startedAt);
    for (const run of waiting.filter((other) => touches(other.plan, plan))) await this.discard(run);
    const id = `r-${this.workspace.platform.randomId()}`;
    const at = this.workspace.platform.now();
    const git = await this.workspace.folder.git();
    const { name, version } = this.workspace.engine.info;
    const record = { id, plan, dirty: (git?.changedFiles ?? 0) > 0, engine: `${name} ${version}`, at };
    await this.workspace.write((session) =>
      openRun(session, record, (text) => this.workspace.platform.sha256(text)),
    );
    return this.launch(id, plan, at);
  }

  private async takeUp(id: string): Promise<RunStatus> {
    const run = (await this.workspace.read(unfinishedRuns)).find((candidate) => candidate.id === id);
    if (!run)
      throw fault('run.not_found', `There is no unfinished run ${id}.`, {
        remedy: 'teal log lists the runs.',
      });
    await this.workspace.write((session) =>
      setRunState(session, id, 'running', { at: this.workspace.platform.now() }),
    );
    return this.launch(run.id, run.plan, run.startedAt);
  }

  async pause(id: string): Promise<RunStatus> {
    const watched = this.mine(id);
    watched.runner.pause();
    return this.view(watched);
  }

  async stop(id: string): Promise<RunStatus> {
    const watched = this.mine(id);
    watched.runner.stop();
    await this.workspace.active?.finished;
    return this.view(watched);
  }

  /** The run that is under way, else the newest unfinished or last one of this host; null where there is none. */
  async status(id?: string): Promise<RunStatus | null> {
    const current = this.current;
    const goesOn = current && current.progress.state !== 'done';
    if (current && (id === undefined ? goesOn : current.progress.run === id)) return this.view(current);
    const waiting = await this.workspace.read(unfinishedRuns);
    const run = waiting.find((candidate) => id === undefined || candidate.id === id);
    if (run) return this.waitingView(run);
    return current && id === undefined ? this.view(current) : null;
  }

  /** Waits for the run under way and gives its end; a failed run throws what stopped it. */
  async wait(signal: AbortSignal): Promise<RunStatus> {
    const watched = this.current;
    if (!watched || !this.workspace.active) throw fault('run.not_found', 'No run is under way.');
    const stop = () => watched.runner.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const outcome = (await this.workspace.active.finished) as RunOutcome;
      if (outcome.problem) throw new Fault(outcome.problem);
      if (outcome.state === 'stopped')
        throw fault('cancelled', 'The run was stopped; what is filled is kept.', {
          kept: `${watched.progress.done} of ${watched.progress.total} batches.`,
          remedy: 'Start it again to go on.',
        });
      return this.view(watched);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Waits for the run under way and gives it as it ended, also where something failed. */
  async report(signal: AbortSignal): Promise<RunStatus> {
    const watched = this.current;
    try {
      return await this.withAudits(await this.wait(signal));
    } catch (error) {
      const { state, failures, around } = watched?.progress ?? {};
      const told = around !== null || (failures?.length ?? 0) > 0;
      if (!watched || state !== 'failed' || !told) throw error;
      return this.withAudits(await this.view(watched));
    }
  }

  private async withAudits(status: RunStatus): Promise<RunStatus> {
    const records = await this.workspace.read((session) => readOutcomes(session, status.id));
    const stopped = Object.entries(auditFailures(records)).map(
      ([model, { audits }]) => [model, audits.map((one) => ({ ...one }))] as const,
    );
    const auditReports = reportAudits(records).map((report) => ({
      ...report,
      ...(report.args ? { args: { ...report.args } } : {}),
    }));
    return { ...status, auditReports, stopped: Object.fromEntries(stopped) };
  }

  private async launch(id: string, plan: Plan, startedAt: number): Promise<RunStatus> {
    const { workspace } = this;
    workspace.touched();
    const state = await workspace.state();
    const ids = plan.models.flatMap((model) =>
      Object.values(model.parents).flatMap((parent) => (parent.type === 'source' ? [parent.snapshot] : [])),
    );
    const progress = startProgress(id, plan, startedAt);
    const events = new RunEvents(workspace, progress);
    const runner = new Runner(
      {
        engine: workspace.engine,
        run: id,
        plan,
        state,
        snapshots: await workspace.read((session) => readSnapshotsById(session, [...new Set(ids)])),
        now: () => workspace.platform.now(),
        sha256: (text) => workspace.platform.sha256(text),
        resolvePath: (path) => workspace.folder.resolve(path),
        queryStart: (name) => {
          const model = workspace.code.project.models.get(name);
          return model ? { text: model.text, start: model.queryStart } : undefined;
        },
        aroundPlace: (statement, when, inside) => {
          const { files } = workspace.code;
          const path = configPath(files) ?? '';
          return aroundPlace({ path, text: files.get(path) ?? '' }, { statement, when }, inside);
        },
      },
      progress,
      events,
    );
    const rowsExpected = (await estimatePlan(workspace, plan)).total.rows;
    this.current = { runner, progress, rowsExpected };
    const finished = runner.run().finally(() => {
      workspace.active = undefined;
      workspace.touched();
      events.flush();
      workspace.hub.changed('run', 'graph', 'project', 'releases', 'history');
    });
    workspace.active = { runner, finished };
    workspace.hub.changed('run', 'project', 'history');
    return this.view(this.current);
  }

  private async discard(run: OpenRun): Promise<void> {
    await this.workspace.write((session) => discardRun(session, run, this.workspace.platform.now()));
    this.workspace.touched();
  }

  private async view(watched: Watched): Promise<RunStatus> {
    return runView(watched.progress, await this.workspace.engine.usage(), watched.rowsExpected);
  }

  private async waitingView(run: OpenRun): Promise<RunStatus> {
    const progress = startProgress(run.id, run.plan, run.startedAt);
    progress.state = run.status;
    const done = await this.workspace.read((session) => finishedBatches(session, run.id));
    for (const model of progress.models) {
      for (const cell of model.cells) {
        const result = done.get(model.model)?.get(cell.index);
        if (!result) continue;
        Object.assign(cell, { state: 'done', ...result });
        progress.done++;
        progress.rows += result.rows;
      }
    }
    return runView(progress, await this.workspace.engine.usage(), null);
  }

  private mine(id: string): Watched {
    if (this.current?.progress.run !== id || !this.workspace.active)
      throw fault('run.not_found', `The run ${id} is not under way.`);
    return this.current;
  }

  // The flag is set before anything is waited for: of two clients that start at one moment, one is refused.
  private async alone(launch: () => Promise<RunStatus>): Promise<RunStatus> {
    if (this.workspace.active || this.starting) throw this.conflict();
    this.starting = true;
    try {
      return await launch();
    } finally {
      this.starting = false;
    }
  }

  private conflict(): Fault {
    const under = this.current?.progress;
    const which =
      under && this.workspace.active
        ? `: ${under.run}, ${under.done} of ${under.total} batches done${under.state === 'paused' ? ', paused' : ''}`
        : '';
    return fault('run.conflict', `Another run is under way in this project${which}.`, {
      kept: 'It goes on; nothing was begun beside it.',
      remedy: 'Wait for it, or stop it first.',
    });
  }
}

/** Tells clients of changed cells, several at a time. */
class RunEvents {
  private readonly cells: { model: string; cell: Cell }[] = [];
  private last = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly progress: Progress,
  ) {}

  cell(model: string, cell: Cell): void {
    this.cells.push({ model, cell: { ...cell } });
    if (this.workspace.platform.now() - this.last >= EVENT_GAP) this.flush();
  }

  state(): void {
    this.flush();
  }

  flush(): void {
    this.last = this.workspace.platform.now();
    const cells = this.cells.splice(0);
    void this.workspace.engine.usage().then(
      (usage) =>
        this.workspace.hub.emit({
          type: 'run.progress',
          progress: progressView(this.progress, usage, cells),
        }),
      () => this.workspace.hub.changed('run'),
    );
  }
}

/** What failed in a plan or a run is planned anew: parts of it may stand already. */
function goesOn(run: OpenRun): boolean {
  return run.status !== 'failed' || run.plan.kind === 'backfill';
}

/** Two plans that would do the same to the same tables. */
function samePlan(a: Plan, b: Plan): boolean {
  const gist = (plan: Plan) =>
    JSON.stringify([
      plan.environment,
      plan.base,
      plan.models.map((model) => [
        model.model,
        model.fingerprint,
        model.version,
        model.batches,
        model.parents,
        model.target?.mode ?? null,
        model.audits.map(({ query, arguments: given, stops, skip }) => [query, given, stops, skip]),
      ]),
    ]);
  return a.id === b.id || gist(a) === gist(b);
}

/** Whether two plans are of one environment or write one table, so that both cannot go on. */
function touches(a: Plan, b: Plan): boolean {
  const tables = new Set(a.models.flatMap((model) => (model.target ? [model.target.table] : [])));
  return (
    a.environment === b.environment ||
    b.models.some((model) => model.target && tables.has(model.target.table))
  );
}
