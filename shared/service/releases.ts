import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { toIso } from '../base/time';
import { compareTable } from '../compare/compare-table';
import { type Session, withSession } from '../engine/contract';
import { appendEvent } from '../history/events';
import { versionOf } from '../plan/lookup';
import type {
  MovedModel,
  ReleaseList,
  ReleaseResult,
  ReleaseView,
  RollbackPreview,
  SwapPreview,
} from '../protocol/views/release';
import { keptUntil } from '../release/retention';
import {
  type PendingStep,
  type ReleaseNote,
  type ReleaseStep,
  rollBackTo,
  type Stepping,
  swapIntoProd,
} from '../release/swap';
import type { Environment, Release, Version, WarehouseState } from '../release/types';
import { versionViewName } from '../release/views';
import { id, sql } from '../sql/sql';
import { diffTable, scoresFor } from './comparisons';
import { keepingIn } from './keeping';
import type { Platform } from './platform';
import { gatesOf } from './swap-gates';
import { differing, type Workspace } from './workspace';

export async function listReleases(workspace: Workspace): Promise<ReleaseList> {
  const state = await workspace.state();
  const live = state.releases.at(-1)?.number ?? null;
  const waiting = [...state.environments.values()].filter(
    (environment) => environment.name !== PROD && differing(state, environment.name) > 0,
  );
  const usage = await workspace.engine.usage();
  const keeping = keepingIn(workspace.code);
  const until = keeping.ok ? keptUntil(state, keeping.value.retention) : new Map<number, number>();
  return {
    live,
    releases: state.releases.map((release, index) => releaseView(state, release, { index, until })).reverse(),
    waiting: waiting.map((environment) => ({
      environment: environment.name,
      title: environment.title,
      filledAt: environment.filledAt === null ? null : toIso(environment.filledAt),
      models: differing(state, environment.name),
      nextRelease: (live ?? 0) + 1,
      complete: true,
    })),
    bytes: usage.warehouseBytes,
  };
}

export async function previewSwap(workspace: Workspace, name: string): Promise<SwapPreview> {
  const state = await workspace.state();
  const environment = environmentOf(state, name);
  const prod = state.environments.get(PROD)?.versions ?? {};
  const scores = await scoresFor(workspace, name);
  const moved = Object.entries(environment.versions).filter(([model, number]) => prod[model] !== number);
  const models = moved.map(
    ([model, number]): MovedModel => ({
      model,
      fromVersion: prod[model] ?? null,
      toVersion: number,
      score: scores?.get(model) ?? null,
    }),
  );
  const gates = await gatesOf(workspace, environment, models);
  return {
    environment: name,
    base: state.releases.at(-1)?.number ?? null,
    next: (state.releases.at(-1)?.number ?? 0) + 1,
    models,
    keptModels: Object.keys(prod).length - models.filter((model) => model.fromVersion !== null).length,
    gates,
    allowed: models.length > 0 && gates.every((gate) => gate.status !== 'fail'),
  };
}

/** Swaps a shadow into prod if every gate lets it; `base` refuses where another release is live than the caller saw. */
export async function swap(
  workspace: Workspace,
  request: { environment: string; base?: number | undefined; note?: string | undefined },
): Promise<ReleaseResult> {
  const preview = await previewSwap(workspace, request.environment);
  if (request.base !== undefined && request.base !== preview.base) {
    throw fault('release.base_moved', `Release ${preview.base ?? 'none'} is live, not ${request.base}.`, {
      kept: 'prod is as it was.',
      remedy: 'Look at the swap again.',
    });
  }
  if (preview.models.length === 0)
    throw fault('release.nothing', `${request.environment} shows what prod shows.`, {
      kept: 'prod is as it was.',
      remedy: 'Fill a backfill first.',
    });
  const failing = preview.gates.find((gate) => gate.status === 'fail');
  if (failing) {
    const code = failing.id === 'base' ? 'release.base_moved' : 'release.gate_failed';
    throw fault(code, `Gate ${failing.label}: ${failing.detail}.`, {
      kept: 'prod and the shadow are as they were.',
      remedy: failing.remedy,
    });
  }
  const title = (await workspace.state()).environments.get(request.environment)?.title || request.environment;
  return moveProd(workspace, { kind: 'swap', title, note: request.note ?? '' }, (session, moving) =>
    swapIntoProd(session, request.environment, moving),
  );
}

/** Rolls prod back to a release, by default to the one before the live one. */
export async function rollBack(
  workspace: Workspace,
  request: { to?: number | undefined; note?: string | undefined },
): Promise<ReleaseResult> {
  const target = rollbackTarget(await workspace.state(), request.to);
  return moveProd(
    workspace,
    { kind: 'rollback', title: `Rolled back to release ${target.number}`, note: request.note ?? '' },
    (session, moving) => rollBackTo(session, target, moving),
  );
}

/** Counts, model by model, what a rollback would change back. */
export async function previewRollback(
  workspace: Workspace,
  to: number | undefined,
): Promise<RollbackPreview> {
  const state = await workspace.state();
  const live = state.releases.at(-1);
  const target = rollbackTarget(state, to);
  const before = live?.after ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(target.after)])].filter(
    (model) => before[model] !== target.after[model],
  );
  const models: RollbackPreview['models'] = [];
  await withSession(workspace.engine, 'background', async (session) => {
    for (const model of names) {
      const sides = [
        versionOf(state, model, before[model]),
        versionOf(state, model, target.after[model]),
      ] as const;
      const key = sides[1]?.definition.key ?? sides[0]?.definition.key ?? [];
      const table = diffTable('rollback', model);
      const result = await compareTable(session, {
        model,
        old: sideOf(sides[0]),
        new: sideOf(sides[1]),
        key,
        keySource: 'grain',
        table,
      });
      await session.run(sql`DROP TABLE IF EXISTS ${id('teal_diff', table)}`);
      const { added, removed, changed } = result.counts;
      models.push({
        model,
        fromVersion: before[model] ?? null,
        toVersion: target.after[model] ?? null,
        added,
        removed,
        changed,
      });
    }
  });
  return { from: live?.number ?? 0, to: target.number, models, allowed: models.length > 0, problem: null };
}

type Step = (session: Session, moving: Stepping) => Promise<PendingStep>;

/** Takes one step of prod in a transaction with its event; the time is that of the transaction alone. */
async function moveProd(
  workspace: Workspace,
  what: Pick<ReleaseNote, 'kind' | 'title' | 'note'>,
  step: Step,
): Promise<ReleaseResult> {
  const { platform } = workspace;
  const git = await workspace.folder.git();
  const note: ReleaseNote = {
    ...what,
    at: platform.now(),
    user: platform.user(),
    commit: git?.commit ?? '',
    run: null,
  };
  const state = await workspace.state();
  const find = (model: string, number: number) => versionOf(state, model, number);
  const result = await workspace.write(async (session) => {
    const started = platform.now();
    const done = await session.transaction(() =>
      stepWithEvent({ session, moving: { note, find, editions: state.editions }, step, platform }),
    );
    return resultOf(done, platform.now() - started);
  });
  workspace.touched();
  workspace.hub.changed('releases', 'graph', 'project', 'history');
  return result;
}

async function stepWithEvent(work: {
  session: Session;
  moving: Stepping;
  step: Step;
  platform: Platform;
}): Promise<ReleaseStep> {
  const { session, moving, step, platform } = work;
  const { note } = moving;
  const { step: taken, statements, stand } = await step(session, moving);
  const event = {
    at: note.at,
    kind: `release.${note.kind}`,
    body: { release: taken.release.number, moved: taken.moved },
  };
  const log = { deeds: statements, after: stand.lastEvent };
  await appendEvent(session, event, (text) => platform.sha256(text), log);
  return taken;
}

function resultOf(step: ReleaseStep, milliseconds: number): ReleaseResult {
  const models = step.moved.map(({ model, from, to }) => ({
    model,
    fromVersion: from,
    toVersion: to,
    score: null,
  }));
  return { release: step.release.number, previous: step.previous, models, milliseconds };
}

function releaseView(
  state: WarehouseState,
  release: Release,
  { index, until }: { index: number; until: ReadonlyMap<number, number> },
): ReleaseView {
  const kept = until.get(release.number) ?? Number.POSITIVE_INFINITY;
  const before = state.releases[index - 1]?.after ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(release.after)])].filter(
    (model) => before[model] !== release.after[model],
  );
  return {
    number: release.number,
    kind: release.kind,
    title: release.title,
    note: release.note,
    at: toIso(release.at),
    user: release.user,
    commit: release.commit,
    models: names.map((model) => ({
      model,
      fromVersion: before[model] ?? null,
      toVersion: release.after[model] ?? null,
      score: null,
    })),
    live: index === state.releases.length - 1,
    keptUntil: Number.isFinite(kept) ? toIso(kept) : null,
    retained: Object.entries(release.after).every(
      ([model, number]) => versionOf(state, model, number) !== undefined,
    ),
  };
}

function rollbackTarget(state: WarehouseState, to: number | undefined): Release {
  const live = state.releases.at(-1);
  const target =
    to === undefined ? state.releases.at(-2) : state.releases.find((release) => release.number === to);
  if (!live)
    throw fault('release.not_found', 'There is no release yet, so there is nothing to roll back.', {
      kept: 'Nothing was changed.',
    });
  if (!target)
    throw fault(
      'release.not_found',
      to === undefined
        ? `Release ${live.number} is the first; there is none before it.`
        : `There is no release ${to}.`,
      { kept: 'prod is as it was.', remedy: 'teal releases lists them.' },
    );
  return target;
}

function environmentOf(state: WarehouseState, name: string): Environment {
  const environment = state.environments.get(name);
  if (environment && name !== PROD) return environment;
  const have = [...state.environments.keys()].filter((other) => other !== PROD).join(', ');
  throw fault(
    'environment.not_found',
    name === PROD ? 'prod cannot be swapped into itself.' : `There is no environment ${name}.`,
    { kept: 'prod is as it was.', remedy: have ? `There are ${have}.` : 'Fill a backfill first.' },
  );
}

function sideOf(version: Version | undefined) {
  return version
    ? {
        relation: id(...versionViewName(version.model, version.number)),
        columns: version.columns,
        time: version.time,
        version,
      }
    : null;
}
