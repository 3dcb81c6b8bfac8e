import type { Session } from '../engine/contract';
import type { RowsParent } from '../release/definition';
import { writeHead } from '../release/lines';
import { type Move, pointEnvironment } from '../release/point';
import { readStateNow, writeVersion } from '../release/store';
import type { Version, WarehouseState } from '../release/types';
import { versionViewName } from '../release/views';
import { id, join, sql } from '../sql/sql';
import type { RunContext } from './context';
import { pinnedView, viewOver } from './view-query';

/** A line with the version that is now its newest. */
export interface MovedLine {
  readonly model: string;
  readonly line: string;
  readonly version: Version;
}

interface Following {
  readonly context: RunContext;
  readonly session: Session;
  /** a restatement moves nobody else's rows */
  readonly alone: boolean;
}

/** Lets other environments that show a line which moved see its newest version. */
export async function followLines(
  { context, session }: Following,
  moved: readonly MovedLine[],
): Promise<void> {
  if (moved.length === 0) return;
  const state = await readStateNow(session);
  const newest = new Map(moved.map((one) => [`${one.model} ${one.line}`, one.version]));
  for (const environment of state.environments.values()) {
    if (environment.name === context.plan.environment) continue;
    const moves = Object.entries(environment.lines).flatMap(([model, line]): Move[] => {
      const version = newest.get(`${model} ${line}`);
      return version && environment.versions[model] !== version.number ? [{ model, version }] : [];
    });
    if (moves.length > 0) await session.run(join(pointEnvironment(environment, moves).statements, ';\n'));
  }
}

/** Makes views again that read what moved; gives all lines that moved, with these. */
export async function remakeViews(
  { context, session, alone }: Following,
  moved: readonly MovedLine[],
): Promise<readonly MovedLine[]> {
  if (moved.length === 0) return moved;
  const state = await readStateNow(session);
  const own = state.environments.get(context.plan.environment)?.lines ?? {};
  const all = new Map(moved.map((one) => [`${one.model} ${one.line}`, one]));
  for (let again = true; again; ) {
    again = false;
    for (const { model, line, version } of views(state)) {
      const key = `${model} ${line}`;
      if (all.has(key) || (alone && own[model] !== line)) continue;
      const reads = newest(version.view?.reads ?? {}, state, all);
      if (!reads) continue;
      const taken = [...all.values()].filter((one) => one.model === model).map((one) => one.version);
      const number =
        Math.max(...[...(state.versions.get(model) ?? []), ...taken].map((one) => one.number)) + 1;
      const made = await remake({ context, session }, { ...version, number }, reads);
      all.set(key, { model, line, version: made });
      again = true;
    }
  }
  return [...all.values()];
}

/** The newest version of every line of a view. */
function views(state: WarehouseState): readonly MovedLine[] {
  return [...state.heads].flatMap(([model, lines]) =>
    [...lines].flatMap(([line, number]) => {
      const version = state.versions.get(model)?.find((one) => one.number === number);
      return version?.view ? [{ model, line, version }] : [];
    }),
  );
}

async function remake(
  { context, session }: Pick<Following, 'context' | 'session'>,
  version: Version,
  reads: Readonly<Record<string, RowsParent>>,
): Promise<Version> {
  const text = version.view?.text ?? '';
  const inputs = { ...version.inputs };
  for (const [name, parent] of Object.entries(reads))
    if (parent.type === 'model') inputs[name] = `version ${parent.version}`;
  const made: Version = {
    ...version,
    inputs,
    createdAt: context.now(),
    run: context.run,
    rows: null,
    view: { text, reads },
  };
  await writeVersion(session, made);
  await writeHead(session, { model: made.model, line: made.line, version: made.number });
  const view = id(...versionViewName(made.model, made.number));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${view} AS ${viewOver({ text, columns: made.columns, reads }, pinnedView)}`,
  );
  return made;
}

/** What a view would read if each of its parents were its line's newest version; undefined where it does. */
function newest(
  reads: Readonly<Record<string, RowsParent>>,
  state: WarehouseState,
  moved: ReadonlyMap<string, MovedLine>,
): Record<string, RowsParent> | undefined {
  let changed = false;
  const now: Record<string, RowsParent> = {};
  for (const [name, parent] of Object.entries(reads)) {
    now[name] = parent;
    if (parent.type !== 'model') continue;
    const line = state.versions.get(name)?.find((version) => version.number === parent.version)?.line;
    const head = line === undefined ? undefined : moved.get(`${name} ${line}`)?.version;
    if (!head || head.number === parent.version) continue;
    now[name] = { type: 'model', version: head.number };
    changed = true;
  }
  return changed ? now : undefined;
}
