import { markInterrupted } from '../backfill/ledger';
import type { Runner } from '../backfill/runner';
import { fault, type Problem } from '../base/errors';
import { PROD } from '../base/names';
import { numberOf, textOf } from '../base/rows';
import { type Engine, type Session, withSession } from '../engine/contract';
import { absentColumns } from '../plan/editions/absent-columns';
import type { EditionDraft } from '../plan/editions/draft';
import { draftProject } from '../plan/editions/draft-project';
import { buildGraph, type ModelGraph } from '../plan/graph';
import type { Plan } from '../plan/types';
import { externalTables } from '../project/external-tables';
import { CONFIG_FILES } from '../project/folder-rules';
import { withoutLacking } from '../project/lacking';
import { loadProject, type Project, type ProjectFiles } from '../project/load';
import { followFolder } from '../release/relocate';
import { createLayout, LAYOUT } from '../release/schema';
import { readState } from '../release/store';
import type { WarehouseState } from '../release/types';
import { sql } from '../sql/sql';
import type { EventHub } from './hub';
import type { OpeningOptions, Platform, ProjectFolder } from './platform';
import { isSameMemory, type ReadingMemory, readMemory, writeMemory } from './reading-memory';

/** A project as its files say it is, with what follows from them. */
export interface Code {
  readonly files: ProjectFiles;
  readonly project: Project;
  readonly graph: ModelGraph;
  readonly drafts: ReadonlyMap<string, EditionDraft>;
  readonly problems: readonly Problem[];
  /** what the next reading need not work out again */
  readonly memory: ReadingMemory;
}

/** One open project: its folder, its warehouse, and what is being done with them. */
export class Workspace {
  code: Code;
  /** plans made since the project was opened, by id */
  readonly plans = new Map<string, Plan>();
  /** the run that is under way or paused in this host */
  active: { readonly runner: Runner; readonly finished: Promise<unknown> } | undefined;
  private readonly ending = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private cached: Promise<WarehouseState> | undefined;
  private stopWatching: (() => void) | undefined;
  private readings = 0;
  private reading: Promise<void> | undefined;

  readonly platform: Platform;
  readonly hub: EventHub;
  readonly folder: ProjectFolder;
  readonly engine: Engine;

  private constructor(parts: Pick<Workspace, 'platform' | 'hub' | 'folder' | 'engine' | 'code'>) {
    this.platform = parts.platform;
    this.hub = parts.hub;
    this.folder = parts.folder;
    this.engine = parts.engine;
    this.code = parts.code;
  }

  static async open(
    host: { readonly platform: Platform; readonly hub: EventHub; readonly options: OpeningOptions },
    dir: string,
  ): Promise<Workspace> {
    const { platform, hub, options } = host;
    const folder = await platform.openFolder(dir);
    const files = await folder.readText();
    if (!CONFIG_FILES.some((file) => files.has(file))) {
      throw fault('project.not_found', `${folder.dir} has no config.yaml, so it is not a project.`, {
        kept: 'Nothing was changed.',
        remedy: 'Open the folder that holds config.yaml, or make a new project with teal init.',
      });
    }
    const { engine, before, project } = await openBeside({ platform, folder, options }, files);
    try {
      const warehouse = withSession(engine, 'writer', async (session) => {
        await prepareWarehouse(session);
        await followFolder(session, folder.dir);
      });
      warehouse.catch(() => undefined);
      const code = codeOf({ platform, engine }, { files, project, before });
      await warehouse;
      const workspace = new Workspace({ platform, hub, folder, engine, code });
      workspace.retain(before);
      workspace.stopWatching = folder.watch(() => void workspace.reload());
      return workspace;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /** Reads the project's files again; of several readings at once, the one begun last counts, and all end with it. */
  reload(): Promise<void> {
    const reading = ++this.readings;
    const work = this.folder.readText().then((files) => {
      if (reading !== this.readings) return this.reading;
      const before = this.code.memory;
      this.code = readCode(this, files, before);
      this.retain(before);
      this.hub.changed('project', 'graph');
      return undefined;
    });
    this.reading = work;
    return work;
  }

  /** Writes down what the next start need not read again, unless that is there already. */
  private retain(before: ReadingMemory | undefined): void {
    const { folder } = this;
    if (!folder.retain || (before && isSameMemory(this.code.memory, before))) return;
    const text = writeMemory(this.code.memory);
    // Where nothing can be written, the next start reads it all again.
    if (text !== null) this.during(folder.retain(text)).catch(() => undefined);
  }

  /** The code as it would be with one file's text changed; nothing is written. */
  draft(file: string, text: string): Code {
    return readCode(this, new Map([...this.code.files, [file, text]]), this.code.memory);
  }

  /** The bookkeeping as it stands; read again after `touched`. */
  state(): Promise<WarehouseState> {
    this.cached ??= this.read(readState).catch((error: unknown) => {
      this.cached = undefined;
      throw error;
    });
    return this.cached;
  }

  /** Forgets what was read of the bookkeeping, since it was written. */
  touched(): void {
    this.cached = undefined;
  }

  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return withSession(this.engine, 'interactive', work);
  }

  write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return withSession(this.engine, 'writer', work);
  }

  /** Aborted when the project is being closed. */
  get closing(): AbortSignal {
    return this.ending.signal;
  }

  /** Counts work that writes into the folder: a project is closed only when it has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  async close(): Promise<void> {
    this.stopWatching?.();
    this.ending.abort(fault('cancelled', 'The project was closed.'));
    this.active?.runner.stop();
    await this.active?.finished;
    await Promise.allSettled(this.underWay);
    await this.engine.close();
  }

  /** A short line on what state the project is in, for the list of recent projects. */
  async summary(): Promise<{ state: 'live' | 'shadow' | 'none'; note: string }> {
    const state = await this.state();
    const shadow = [...state.environments.values()].find(
      (environment) => environment.name !== PROD && differing(state, environment.name) > 0,
    );
    if (shadow) return { state: 'shadow', note: `Shadow waits, ${differing(state, shadow.name)} models` };
    const release = state.releases.at(-1);
    return release
      ? { state: 'live', note: `Release ${release.number} is live` }
      : { state: 'none', note: 'Nothing filled yet' };
  }
}

/** How many models an environment shows otherwise than prod. */
export function differing(state: WarehouseState, environment: string): number {
  const prod = state.environments.get(PROD)?.versions ?? {};
  return Object.entries(state.environments.get(environment)?.versions ?? {}).filter(
    ([model, number]) => prod[model] !== number,
  ).length;
}

type Beside = Pick<Workspace, 'platform' | 'folder'>;

/** Opens the engine; where that goes on beside this thread, the project's files are read meanwhile. */
async function openBeside(
  { platform, folder, options }: Beside & { readonly options: OpeningOptions },
  files: ProjectFiles,
): Promise<{ engine: Engine; before: ReadingMemory | undefined; project: Project }> {
  let opening: Promise<Engine> | undefined;
  await new Promise<void>((go, failed) => {
    opening = platform.openEngine(folder, { ...options, opening: go });
    opening.then(() => go(), failed);
  });
  try {
    const before = await recall(folder);
    return {
      before,
      project: loaded({ platform, folder }, files, before),
      engine: await (opening as Promise<Engine>),
    };
  } catch (error) {
    await (await opening?.catch(() => undefined))?.close();
    throw error;
  }
}

function readCode(
  { platform, engine, folder }: Beside & Pick<Workspace, 'engine'>,
  files: ProjectFiles,
  before: ReadingMemory | undefined,
): Code {
  const project = loaded({ platform, folder }, files, before);
  return codeOf({ platform, engine }, { files, project, before });
}

function loaded(
  { platform, folder }: Beside,
  files: ProjectFiles,
  before: ReadingMemory | undefined,
): Project {
  const around = { now: platform.now(), env: (name: string) => platform.env?.(name) };
  return loadProject(files, folder.name, around, before?.reading);
}

function codeOf(
  { platform, engine }: Pick<Workspace, 'platform' | 'engine'>,
  read: { files: ProjectFiles; project: Project; before: ReadingMemory | undefined },
): Code {
  const { files, before } = read;
  const { json, timeZones, parquetMetadata } = engine.info.capabilities;
  const project = withoutLacking(read.project, { json, icu: timeZones, parquet: parquetMetadata });
  const graph = buildGraph(project);
  const drafting = {
    sha256: (text: string) => platform.sha256(text),
    seeds: (path: string) => files.get(path) ?? '',
  };
  const order = [...externalTables(project), ...graph.order, ...graph.standing];
  const drafted = draftProject(project, order, drafting, before?.drafted);
  const drafts = new Map([...drafted.records].map(([name, { draft }]) => [name, draft]));
  const problems = [...project.problems, ...graph.problems, ...absentColumns(drafts.values())];
  return { files, project, graph, drafts, problems, memory: { reading: project.reading, drafted } };
}

async function recall(folder: ProjectFolder): Promise<ReadingMemory | undefined> {
  const text = (await folder.recall?.()) ?? null;
  return text === null ? undefined : readMemory(text);
}

async function prepareWarehouse(session: Session): Promise<void> {
  await session.transaction(() => session.run(createLayout));
  const [row] = await session.rows(sql`SELECT value FROM teal.meta WHERE name = 'layout'`);
  const layout = row ? Number(textOf(row, 'value')) : LAYOUT;
  if (layout > LAYOUT)
    throw fault(
      'engine.open_failed',
      `This warehouse was written by a later Teal (layout ${layout}, this one knows ${LAYOUT}).`,
      { kept: 'Nothing was changed.', remedy: 'Open it with that version or a newer one.' },
    );
  await markInterrupted(session);
}

/** Rows of a single count. */
export async function countOf(session: Session, statement: { readonly text: string }): Promise<number> {
  const [row] = await session.rows(statement);
  return row ? numberOf(row, 'n') : 0;
}
