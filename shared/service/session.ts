import { fault } from '../base/errors';
import type { Engine } from '../engine/contract';
import type { KeptRun } from '../protocol/desktop';
import type { Comparison } from '../protocol/views/compare';
import { EventHub } from './hub';
import type { Platform } from './platform';
import { Runs } from './runs';
import { Workspace } from './workspace';

/** What one host has open: at most one project, and the scratch engines of file comparisons. */
export class HostSession {
  readonly hub = new EventHub();
  private opened: { workspace: Workspace; runs: Runs } | undefined;
  private readonly files = new Map<string, { comparison: Comparison; engine: Engine }>();

  constructor(readonly platform: Platform) {
    // Not only when it is closed: after a power cut the list of recent projects would tell of an older state.
    this.hub.subscribe((event) => {
      if (event.type !== 'facts.changed' || !event.topics.includes('releases')) return;
      this.remember().catch(() => undefined);
    });
  }

  get workspace(): Workspace {
    return this.current().workspace;
  }

  get runs(): Runs {
    return this.current().runs;
  }

  async open(dir: string): Promise<Workspace> {
    if (this.opened?.workspace.folder.dir === dir) return this.opened.workspace;
    const workspace = await Workspace.open(this.platform, this.hub, dir);
    const before = this.opened;
    if (before?.workspace.folder.dir === workspace.folder.dir) return before.workspace;
    this.opened = { workspace, runs: new Runs(workspace) };
    if (before) await before.workspace.close();
    await this.remember();
    this.hub.changed('project', 'graph', 'sources', 'run', 'releases', 'history');
    return workspace;
  }

  async closeProject(): Promise<void> {
    const before = this.opened;
    if (!before) return;
    await this.remember();
    this.opened = undefined;
    await before.workspace.close();
    this.hub.changed('project', 'graph', 'sources', 'run', 'releases', 'history');
  }

  /** Writes the open project into the list of recent ones. */
  async remember(): Promise<void> {
    const workspace = this.opened?.workspace;
    if (!workspace) return;
    await this.platform.remember({
      dir: workspace.folder.dir,
      name: workspace.code.project.name,
      openedAt: this.platform.now(),
      ...(await workspace.summary()),
    });
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

  private current(): { workspace: Workspace; runs: Runs } {
    if (!this.opened)
      throw fault('project.none_open', 'No project is open.', { remedy: 'Open a folder first.' });
    return this.opened;
  }
}
