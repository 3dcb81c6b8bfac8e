import { fault } from '../base/errors';
import { booleanOf, numberOf, numberOrNull, type Row, textOf, textOrNull } from '../base/rows';
import { toIso } from '../base/time';
import type { Plan } from '../plan/types';
import type { HistoryDetail, HistoryEntry } from '../protocol/views/history';
import { readSnapshotsById } from '../release/store';
import type { Snapshot } from '../release/types';
import { sql } from '../sql/sql';
import type { Workspace } from './workspace';

/** Runs, swaps, rollbacks and imports, newest first. */
export async function listHistory(
  workspace: Workspace,
  request: { offset: number; limit: number },
): Promise<{ entries: HistoryEntry[]; total: number }> {
  const state = await workspace.state();
  const runs = await workspace.read((session) =>
    session.rows(
      sql`SELECT id, kind, environment, title, status, user_name, commit_id, dirty, epoch_ms(started_at) AS started, seconds, rows_written, release FROM teal.run`,
    ),
  );
  const imports = await workspace.read((session) => session.rows(sql`SELECT body FROM teal.snapshot`));
  const steps = state.releases.filter((release) => release.kind === 'swap' || release.kind === 'rollback');
  const entries = [
    ...runs.map(runEntry),
    ...steps.map(
      (release): HistoryEntry => ({
        ...blank(`release-${release.number}`),
        kind: release.kind === 'swap' ? 'swap' : 'rollback',
        title: release.title,
        user: release.user,
        commit: release.commit,
        startedAt: toIso(release.at),
        release: release.number,
      }),
    ),
    ...imports.map((row) => importEntry(JSON.parse(textOf(row, 'body')) as Snapshot)),
  ].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return { entries: entries.slice(request.offset, request.offset + request.limit), total: entries.length };
}

/** One record with its inputs, what it wrote, its audits, and what stopped it. */
export async function readHistory(workspace: Workspace, id: string): Promise<HistoryDetail> {
  const { entries } = await listHistory(workspace, { offset: 0, limit: Number.POSITIVE_INFINITY });
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw fault('run.not_found', `There is no record ${id}.`, { remedy: 'teal log lists them.' });
  const detail: HistoryDetail = { entry, engine: '', inputs: [], models: [], audits: [], problem: null };
  return id.startsWith('r-') ? runDetail(workspace, detail) : detail;
}

async function runDetail(workspace: Workspace, detail: HistoryDetail): Promise<HistoryDetail> {
  const id = detail.entry.id;
  return workspace.read(async (session) => {
    const [run] = await session.rows(sql`SELECT engine, plan, problem FROM teal.run WHERE id = ${id}`);
    const plan = JSON.parse((run && textOrNull(run, 'plan')) ?? '{"models":[]}') as Pick<Plan, 'models'>;
    const pinned = plan.models.flatMap((model) =>
      Object.values(model.parents).flatMap((parent) => (parent.type === 'source' ? [parent.snapshot] : [])),
    );
    const snapshots = await readSnapshotsById(session, [...new Set(pinned)]);
    const batches = await session.rows(
      sql`SELECT model, count(*) AS batches, sum(rows_written) AS written, sum(milliseconds) / 1000 AS seconds FROM teal.batch WHERE run = ${id} GROUP BY model`,
    );
    const audits = await session.rows(
      sql`SELECT model, audit, batch, failed_rows, blocking FROM teal.audit_result WHERE run = ${id} AND NOT coalesce(skipped, false) ORDER BY failed_rows DESC, model, audit`,
    );
    const tables = new Map(plan.models.map((model) => [model.model, model.target?.table ?? null]));
    const problem = run ? textOrNull(run, 'problem') : null;
    return {
      ...detail,
      engine: run ? textOf(run, 'engine') : '',
      inputs: [...snapshots.values()].map((snapshot) => ({
        source: snapshot.source,
        snapshot: snapshot.id,
        rows: snapshot.rows,
      })),
      models: batches.map((row) => ({
        model: textOf(row, 'model'),
        table: tables.get(textOf(row, 'model')) ?? null,
        batches: numberOf(row, 'batches'),
        rows: numberOf(row, 'written'),
        seconds: numberOf(row, 'seconds'),
      })),
      audits: audits.map((row) => ({
        model: textOf(row, 'model'),
        audit: textOf(row, 'audit'),
        batch: textOf(row, 'batch'),
        failedRows: numberOf(row, 'failed_rows'),
        blocking: booleanOf(row, 'blocking'),
      })),
      problem: problem === null ? null : (JSON.parse(problem) as HistoryDetail['problem']),
    };
  });
}

function runEntry(row: Row): HistoryEntry {
  const status = textOf(row, 'status');
  return {
    id: textOf(row, 'id'),
    kind: textOf(row, 'kind') as HistoryEntry['kind'],
    title: textOf(row, 'title'),
    environment: textOf(row, 'environment'),
    user: textOf(row, 'user_name'),
    commit: textOf(row, 'commit_id'),
    dirty: booleanOf(row, 'dirty'),
    startedAt: toIso(numberOf(row, 'started')),
    seconds: numberOrNull(row, 'seconds'),
    outcome: (status === 'discarded' ? 'stopped' : status) as HistoryEntry['outcome'],
    rows: numberOf(row, 'rows_written'),
    release: numberOrNull(row, 'release'),
    canResume: ['paused', 'failed', 'stopped', 'interrupted'].includes(status),
  };
}

function importEntry(snapshot: Snapshot): HistoryEntry {
  return {
    ...blank(`snapshot-${snapshot.id.slice(0, 12)}`),
    title: `raw.${snapshot.source}`,
    startedAt: toIso(snapshot.createdAt),
    rows: snapshot.rows,
  };
}

function blank(id: string): HistoryEntry {
  return {
    id,
    kind: 'import',
    title: '',
    environment: 'prod',
    user: '',
    commit: '',
    dirty: false,
    startedAt: '',
    seconds: null,
    outcome: 'done',
    rows: 0,
    release: null,
    canResume: false,
  };
}
