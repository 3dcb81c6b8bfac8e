import { Fault, fault, type Problem, toProblem } from '../base/errors';
import type { Interval } from '../base/time';
import { type Session, withSession } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import { auditAgain } from './audit-again';
import { auditAlone, auditRows } from './audit-batch';
import { RunCatalog } from './catalog';
import type { PreparedModel, RunContext } from './context';
import { countRows, fillBatch } from './fill';
import { finishedBatches, setRunState, tallyRun } from './ledger';
import { outcomesOf } from './outcome';
import { batchBefore, isMadeFirst, prepareModels } from './prepare';
import { type Cell, finishCell, type ModelProgress, type Progress } from './progress';
import { runAround } from './run-around';
import { sealRun } from './seal';

/** How a run ended; what a `failed` or `stopped` run committed stays and is taken up by a resume. */
export interface RunOutcome {
  readonly state: 'done' | 'failed' | 'stopped';
  readonly release: number | null;
  readonly problem: Problem | null;
}

/** What happens in a run, for whoever watches: a cell changed, or the run's own state. */
export interface RunWatcher {
  cell(model: string, cell: Cell): void;
  state(): void;
}

/**
 * Carries one plan out, batch by batch. Stopping lets the running batch go back, pausing lets it finish; both take effect between
 * statements and lose nothing that was committed.
 */
export class Runner {
  private readonly abort = new AbortController();
  private paused: { wait: Promise<void>; go: () => void } | undefined;
  private clock = 0;
  private isLastBatch = false;

  constructor(
    private readonly context: RunContext,
    readonly progress: Progress,
    private readonly watcher: RunWatcher,
  ) {}

  async run(): Promise<RunOutcome> {
    this.clock = this.context.now();
    const catalog = new RunCatalog(this.context);
    try {
      await this.withCatalog(catalog, (session) => this.takeUp(session));
      const early = await this.around('before');
      if (early || !(await this.auditBefore(catalog))) {
        const problem = early ?? this.progress.failures[0]?.problem ?? null;
        return await this.end({ state: 'failed', release: null, problem });
      }
      const prepared = await this.withCatalog(catalog, (session) =>
        prepareModels(this.context, session, {
          catalog,
          failed: (planned, error) => this.notPrepared(planned, error),
        }),
      );
      await this.carryOut(catalog, prepared);
      this.abort.signal.throwIfAborted();
      const [failure] = this.progress.failures;
      const release = failure && !this.keepsParts ? null : await this.seal(catalog, prepared);
      const late = failure && this.context.plan.kind !== 'run' ? null : await this.around('after');
      const state = failure || late ? 'failed' : 'done';
      return await this.end({ state, release, problem: failure?.problem ?? late });
    } catch (error) {
      const problem = this.abort.signal.aborted ? null : toProblem(error);
      return await this.end({ state: problem ? 'failed' : 'stopped', release: null, problem });
    } finally {
      await withSession(this.context.engine, 'writer', (session) => catalog.detach(session)).catch(
        ignoreClosedEngine,
      );
    }
  }

  private async around(when: 'before' | 'after'): Promise<Problem | null> {
    const work = (session: Session) => runAround(this.context, session, when);
    this.progress.around = await withSession(this.context.engine, 'writer', work);
    return this.progress.around;
  }

  pause(): void {
    if (this.paused || this.progress.state !== 'running') return;
    let go: (() => void) | undefined;
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    this.paused = { wait, go: () => go?.() };
    this.setState('paused');
  }

  resume(): void {
    this.paused?.go();
    this.paused = undefined;
    if (this.progress.state === 'paused') this.setState('running');
  }

  /** Stops as soon as the batch under way is committed; after the very last one the run ends as it would have. */
  finishBatch(): void {
    this.isLastBatch = true;
    this.resume();
  }

  stop(): void {
    this.abort.abort(fault('run.stopped', 'The run was stopped; what is filled is kept.'));
    this.paused?.go();
    this.paused = undefined;
  }

  private notPrepared(planned: PlannedModel, error: unknown): void {
    const { model } = planned;
    const unmade = isMadeFirst(planned);
    this.progress.failures.push({ model, index: unmade ? -1 : 0, problem: toProblem(error) });
    if (unmade) this.progress.skipped.push(model);
  }

  private async takeUp(session: Session): Promise<void> {
    const done = await finishedBatches(session, this.context.run);
    for (const model of this.progress.models) {
      for (const cell of model.cells) {
        const result = done.get(model.model)?.get(cell.index);
        if (result && cell.state !== 'done') finishCell(this.progress, model, cell, result);
      }
    }
    this.watcher.state();
  }

  /** A backfill waits whole for its swap; of plans and runs, what was finished counts. */
  private get keepsParts(): boolean {
    return this.context.plan.kind !== 'backfill';
  }

  /** Computes model after model. What is below a model that failed is left out, all others go on. */
  private async carryOut(catalog: RunCatalog, prepared: ReadonlyMap<string, PreparedModel>): Promise<void> {
    const failed = new Set(this.progress.failures.map((failure) => failure.model));
    for (const planned of this.context.plan.models) {
      if (failed.has(planned.model)) continue;
      const below = Object.keys(planned.parents).some((parent) => failed.has(parent));
      if (below) {
        failed.add(planned.model);
        if (planned.batches.length > 0) this.progress.skipped.push(planned.model);
        continue;
      }
      try {
        await this.computeModel(catalog, planned, prepared);
      } catch (error) {
        if (this.abort.signal.aborted || !(error instanceof Fault)) throw error;
        failed.add(planned.model);
      }
    }
  }

  private async computeModel(
    catalog: RunCatalog,
    planned: PlannedModel,
    prepared: ReadonlyMap<string, PreparedModel>,
  ): Promise<void> {
    const model = this.progress.models.find((one) => one.model === planned.model);
    if (model) {
      await this.fillModel(catalog, model, prepared);
      return;
    }
    const own = prepared.get(planned.model);
    if (planned.action === 'audit')
      await this.check(catalog, planned, prepared, (session, batch) =>
        auditAlone({ context: this.context, session, planned, batch }),
      );
    else if (own && planned.action === 'view' && planned.batches.length > 0)
      // The audits of a view run over what it will show, before anybody sees it.
      await this.check(catalog, planned, prepared, (session) =>
        auditRows({ context: this.context, session, model: own, rows: catalog.viewQuery(own) }),
      );
  }

  /** Runs audits that are new or changed over the rows that are there; where one stops, nothing else is done. */
  private async auditBefore(catalog: RunCatalog): Promise<boolean> {
    const failed = new Set<string>();
    for (const planned of this.context.plan.models.filter(({ auditOnly }) => auditOnly.length > 0)) {
      if (Object.keys(planned.parents).some((parent) => failed.has(parent))) {
        failed.add(planned.model);
        this.progress.skipped.push(planned.model);
        continue;
      }
      for (const span of planned.auditOnly) {
        await this.breath();
        try {
          await this.withCatalog(catalog, (session) =>
            auditAgain({ context: this.context, session, catalog, planned, span }),
          );
        } catch (error) {
          if (this.abort.signal.aborted || !(error instanceof Fault)) throw error;
          failed.add(planned.model);
          this.progress.failures.push({ model: planned.model, index: -1, problem: toProblem(error) });
        }
      }
    }
    return this.progress.failures.length === 0;
  }

  /** Runs audits of what is not filled, batch by batch. */
  private async check(
    catalog: RunCatalog,
    planned: PlannedModel,
    prepared: ReadonlyMap<string, PreparedModel>,
    audit: (session: Session, batch: Interval) => Promise<Progress['audits']>,
  ): Promise<void> {
    const { model } = planned;
    await this.breath();
    try {
      for (const batch of planned.batches)
        this.countAudits(
          await this.withCatalog(catalog, async (session) => {
            await catalog.bindFor(session, planned, batch, prepared);
            return audit(session, batch);
          }),
        );
      this.progress.checked.push(model);
    } catch (error) {
      if (!this.abort.signal.aborted)
        this.progress.failures.push({ model, index: 0, problem: toProblem(error) });
      throw error;
    }
  }

  private countAudits({ passed, failed }: Progress['audits']): void {
    const { audits } = this.progress;
    this.progress.audits = { passed: audits.passed + passed, failed: audits.failed + failed };
  }

  private async fillModel(
    catalog: RunCatalog,
    model: ModelProgress,
    prepared: ReadonlyMap<string, PreparedModel>,
  ): Promise<void> {
    const waiting = model.cells.filter((cell) => cell.state !== 'done');
    for (const cell of waiting) this.setCell(model, cell, 'queued');
    const own = prepared.get(model.model);
    if (!own) return;
    const held = new Set<number>();
    let first: unknown;
    for (const cell of waiting) {
      const before = batchBefore(own.planned, cell.index);
      if (before !== undefined && held.has(before)) {
        held.add(cell.index);
        if (!this.progress.skipped.includes(model.model)) this.progress.skipped.push(model.model);
        continue;
      }
      await this.breath();
      this.setCell(model, cell, 'running');
      try {
        await this.fillCell(catalog, { model, cell, prepared: own, all: prepared });
      } catch (error) {
        if (!this.keepsParts || this.abort.signal.aborted || !(error instanceof Fault)) throw error;
        held.add(cell.index);
        first ??= error;
      }
    }
    if (first !== undefined) throw first;
  }

  private async fillCell(
    catalog: RunCatalog,
    work: {
      model: ModelProgress;
      cell: Cell;
      prepared: PreparedModel;
      all: ReadonlyMap<string, PreparedModel>;
    },
  ): Promise<void> {
    const { model, cell, prepared } = work;
    try {
      const result = await this.withCatalog(catalog, async (session) => {
        const batch = prepared.planned.batches[cell.index];
        if (batch) await catalog.bindFor(session, prepared.planned, batch, work.all);
        return fillBatch({
          context: this.context,
          session,
          model: prepared,
          index: cell.index,
          signal: this.abort.signal,
        });
      });
      finishCell(this.progress, model, cell, result);
      this.countAudits({ passed: result.auditsPassed, failed: result.auditsFailed });
      this.progress.last.unshift({
        at: this.context.now(),
        model: model.model,
        index: cell.index,
        rows: result.rows,
        milliseconds: result.milliseconds,
      });
      this.progress.last.length = Math.min(this.progress.last.length, 24);
      this.tick();
      this.watcher.cell(model.model, cell);
    } catch (error) {
      const stopped = this.abort.signal.aborted;
      if (!stopped)
        this.progress.failures.push({ model: model.model, index: cell.index, problem: toProblem(error) });
      this.setCell(model, cell, stopped ? 'stopped' : 'failed');
      throw error;
    }
  }

  private async seal(
    catalog: RunCatalog,
    prepared: ReadonlyMap<string, PreparedModel>,
  ): Promise<number | null> {
    return withSession(this.context.engine, 'writer', async (session) => {
      await catalog.leave(session);
      const rows = new Map<string, number>();
      for (const model of prepared.values())
        rows.set(model.planned.model, await countRows(this.context, session, model, catalog));
      const outcomes = outcomesOf(this.progress, prepared);
      const failed = this.progress.failures.length > 0;
      return sealRun({ context: this.context, session, prepared, rows, outcomes, failed });
    });
  }

  private async end(outcome: RunOutcome): Promise<RunOutcome> {
    this.tick();
    this.progress.release = outcome.release;
    const { run, now } = this.context;
    const recorded = await withSession(this.context.engine, 'writer', async (session) => {
      await tallyRun(session, run, this.progress.seconds);
      if (outcome.state !== 'done')
        await setRunState(session, run, outcome.state, {
          at: now(),
          ...(outcome.problem ? { problem: outcome.problem } : {}),
        });
    }).catch((error: unknown) => toProblem(error));
    this.setState(outcome.state);
    return outcome.problem || !recorded ? outcome : { ...outcome, problem: recorded };
  }

  private async breath(): Promise<void> {
    // Kept by itself: the run may be resumed while its pause is being recorded.
    const { paused } = this;
    if (paused) {
      this.tick();
      await this.recordState();
      await paused.wait;
      this.clock = this.context.now();
      await this.recordState();
    }
    if (this.isLastBatch) this.stop();
    this.abort.signal.throwIfAborted();
  }

  private async recordState(): Promise<void> {
    await withSession(this.context.engine, 'writer', (session) =>
      setRunState(session, this.context.run, this.progress.state, { at: this.context.now() }),
    );
  }

  private withCatalog<T>(catalog: RunCatalog, work: (session: Session) => Promise<T>): Promise<T> {
    return withSession(this.context.engine, 'writer', async (session) => {
      await catalog.enter(session);
      return work(session);
    });
  }

  private tick(): void {
    const now = this.context.now();
    this.progress.seconds += (now - this.clock) / 1000;
    this.clock = now;
  }

  private setCell(model: ModelProgress, cell: Cell, state: Cell['state']): void {
    cell.state = state;
    this.watcher.cell(model.model, cell);
  }

  private setState(state: Progress['state']): void {
    this.progress.state = state;
    this.watcher.state();
  }
}

// The host may close the engine while a run ends; its in-memory catalog goes with it.
function ignoreClosedEngine(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
}
