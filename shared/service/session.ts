import { Fault, fault, type Problem } from '../base/errors';
import type { Engine } from '../engine/contract';
import type { KeptRun } from '../protocol/desktop';
import type { Comparison } from '../protocol/views/compare';
import { EventHub } from './hub';
import type { OpeningOptions, Platform } from './platform';
import { Runs } from './runs';
import { Workspace } from './workspace';

/** What one host has open: at most one project, and the scratch engines of file comparisons. */
export class HostSession {
  readonly hub = new EventHub();
  private opened: { workspace: Workspace; runs: Runs } | undefined;
  private left: Problem | undefined;
  private noted = '';
  private readonly files = new Map<string, { comparison: Comparison; engine: Engine }>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly platform: Platform) {
    // Not only when it is closed: after a power cut the list of recent projects would tell of an older state.
    this.hub.subscribe((event) => {
      if (event.type !== 'facts.changed' || !event.topics.includes('releases')) return;
      this.remember().catch(() => undefined);
    });
    platform.storage?.watch(() => this.hub.changed('storage'));
  }

  get workspace(): Workspace {
    return this.current().workspace;
  }

  get runs(): Runs {
    return this.current().runs;
  }

  get openDir(): string | undefined {
    return this.opened?.workspace.folder.dir;
  }

  /** Opens a project in place of the one that is open; of several calls at once, one after the other. */
  open(dir: string, options: OpeningOptions = {}): Promise<Workspace> {
    return this.inTurn(() => this.openNow(dir, options));
  }

  /** `why` is what calls that need a project answer until one is opened. */
  closeProject(why?: Problem): Promise<void> {
    return this.inTurn(() => this.closeNow(why));
  }

  /** The folder of the open project, once what is being opened or closed is. */
  async project(): Promise<string | null> {
    await this.turn;
    return this.opened?.workspace.folder.dir ?? null;
  }

  async reread(): Promise<void> {
    await this.opened?.workspace.reload();
  }

  private async openNow(dir: string, options: OpeningOptions): Promise<Workspace> {
    if (this.opened?.workspace.folder.dir === dir) return asOnDisk(this.opened.workspace);
    const real = (await this.platform.openFolder(dir)).dir;
    const before = this.opened;
    if (before?.workspace.folder.dir === real) return asOnDisk(before.workspace);
    const workspace = await Workspace.open({ platform: this.platform, hub: this.hub, options }, real);
    this.opened = { workspace, runs: new Runs(workspace) };
    this.left = undefined;
    if (before) await before.workspace.close();
    this.noted = '';
    await this.remember();
    this.hub.changed('project', 'graph', 'sources', 'run', 'releases', 'history');
    return workspace;
  }

  private async closeNow(why: Problem | undefined): Promise<void> {
    const before = this.opened;
    this.left = why;
    if (before) {
      await this.remember();
      this.opened = undefined;
      await before.workspace.close();
    }
    this.hub.changed('project', 'graph', 'sources', 'run', 'releases', 'history');
  }

  /** Writes the open project into the list of recent ones. */
  async remember(): Promise<void> {
    const workspace = this.opened?.workspace;
    if (!workspace) return;
    const { dir } = workspace.folder;
    const entry = { dir, name: workspace.code.project.name, ...(await workspace.summary()) };
    const noted = JSON.stringify(entry);
    if (noted === this.noted) return;
    this.noted = noted;
    await this.platform.remember({ ...entry, openedAt: this.platform.now() });
  }

  /** Lets the batch under way finish and stops the run after it; gives what was kept where that leaves it unfinished. */
  async settle(): Promise<KeptRun | null> {
    const active = this.opened?.workspace.active;
    if (!active) return null;
    active.runner.finishBatch();
    await active.finished;
    const { plan, done, total, state } = active.runner.progress;
    return state === 'done' ? null : { title: plan.title, done, total };
  }

  keepFiles(result: { comparison: Comparison; engine: Engine }): void {
    this.files.set(result.comparison.id, result);
  }

  filesOf(comparison: string): { comparison: Comparison; engine: Engine } | undefined {
    return this.files.get(comparison);
  }

  isOpen(): boolean {
    return this.opened !== undefined;
  }

  async close(): Promise<void> {
    await this.closeProject();
    for (const { engine } of this.files.values()) await engine.close();
    this.files.clear();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private current(): { workspace: Workspace; runs: Runs } {
    if (!this.opened && this.left) throw new Fault(this.left);
    if (!this.opened)
      throw fault('project.none_open', 'No project is open.', { remedy: 'Open a folder first.' });
    return this.opened;
  }
}

// Whoever opens a project that is open may have just written its files, and the watcher may not have told yet.
async function asOnDisk(workspace: Workspace): Promise<Workspace> {
  await workspace.reload();
  return workspace;
}
