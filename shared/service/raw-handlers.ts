import { fault } from '../base/errors';
import { numberOf, textOf } from '../base/rows';
import { toIso } from '../base/time';
import { type SourceFile, writeSourceFile } from '../project/source-file';
import type { Handlers } from '../protocol/port';
import type { Page } from '../protocol/views/common';
import type { QuarantinePage, SourceDetail, SourceSummary } from '../protocol/views/raw';
import { applyChoices } from '../raw/choices';
import { driftNotes } from '../raw/drift';
import { sourceViewName } from '../raw/names';
import { reasonGroup } from '../raw/quarantine';
import { readingChoices } from '../raw/reading-choices';
import { readSnapshots } from '../release/store';
import type { Snapshot } from '../release/types';
import { columnList, id, sql } from '../sql/sql';
import { importFiles, mirrorForSqlMesh } from './import-files';
import { pageOf } from './queries';
import type { HostSession } from './session';
import { sourceFacts } from './source-facts';
import { ensureSources, sourceProblem, takeIn } from './sources';
import { countOf, type Workspace } from './workspace';

type RawHandlers = Pick<Handlers, Extract<keyof Handlers, `source.${string}` | `upload.${string}`>>;

/** Raw data: sources, their snapshots, and what could not be read. */
export function rawHandlers(host: HostSession): RawHandlers {
  return {
    'source.list': async () => {
      const { workspace } = host;
      await ensureSources(workspace);
      const state = await workspace.state();
      return {
        sources: [...workspace.code.project.sources.values()].map((source) =>
          summaryOf(workspace, source, state.snapshots.get(source.name)),
        ),
      };
    },
    'source.read': async ({ source }) => detailOf(host.workspace, await sourceOf(host.workspace, source)),
    'source.rows': (request, { signal }) => rowsOf(host.workspace, request, signal),
    'source.quarantine': async (request) => quarantinePage(host.workspace, request),
    'source.refresh': async ({ source }, { signal }) => {
      const { workspace } = host;
      const own = await sourceOf(workspace, source);
      await takeIn(workspace, own, signal);
      workspace.hub.changed('sources', 'graph', 'history');
      return detailOf(workspace, own);
    },
    'source.import': async (request, context) => {
      const { workspace } = host;
      const uploads = await Promise.all(request.uploads.map((upload) => host.platform.uploadPath(upload)));
      const names = await importFiles(
        workspace,
        { paths: [...request.paths, ...uploads], name: request.name },
        context,
      );
      const state = await workspace.state();
      return { sources: names.flatMap((name) => summaryByName(workspace, name, state.snapshots.get(name))) };
    },
    'source.configure': async ({ source, choices }, { signal }) => {
      const { workspace } = host;
      const changed = applyChoices(await sourceOf(workspace, source), choices);
      await takeIn(workspace, changed, signal);
      await workspace.folder.writeText(`sources/${source}.yaml`, writeSourceFile(changed));
      await workspace.reload();
      await mirrorForSqlMesh(workspace);
      workspace.hub.changed('sources', 'graph', 'history');
      return detailOf(workspace, await sourceOf(workspace, source));
    },
    'upload.begin': async ({ name, bytes, ahead }) => ({
      upload: await host.platform.beginUpload(name, bytes, ahead),
    }),
    'upload.chunk': async ({ upload, offset, data }) => ({
      received: await host.platform.writeUpload(upload, offset, data),
    }),
  };
}

async function rowsOf(
  workspace: Workspace,
  request: { source: string; offset: number; limit: number },
  signal: AbortSignal,
): Promise<Page> {
  const own = await sourceOf(workspace, request.source);
  const snapshot = await snapshotOf(workspace, own);
  const columns = columnList(snapshot.columns.map((column) => column.name));
  const query = sql`SELECT ${columns} FROM ${id(...sourceViewName(own.name))}`;
  const rows = await workspace.read((session) => pageOf(session, query, { ...request, signal }));
  return { ...rows, total: snapshot.rows };
}

async function sourceOf(workspace: Workspace, name: string): Promise<SourceFile> {
  await ensureSources(workspace);
  const source = workspace.code.project.sources.get(name);
  if (source) return source;
  const have = [...workspace.code.project.sources.keys()].join(', ');
  throw fault('source.not_found', `There is no source ${name}.`, {
    remedy: have ? `There are ${have}.` : 'Add files first.',
  });
}

async function snapshotOf(workspace: Workspace, source: SourceFile): Promise<Snapshot> {
  const snapshot = (await workspace.state()).snapshots.get(source.name);
  if (snapshot) return snapshot;
  const problem = sourceProblem(workspace, source.name);
  throw fault(
    problem?.code ?? 'source.not_found',
    problem?.message ?? `raw.${source.name} has not been read in yet.`,
    { ...problem, place: { source: source.name, ...problem?.place } },
  );
}

function summaryByName(workspace: Workspace, name: string, snapshot: Snapshot | undefined): SourceSummary[] {
  const source = workspace.code.project.sources.get(name);
  return source ? [summaryOf(workspace, source, snapshot)] : [];
}

function summaryOf(workspace: Workspace, source: SourceFile, snapshot: Snapshot | undefined): SourceSummary {
  return {
    name: source.name,
    format: source.format,
    files: snapshot?.files.length ?? 0,
    bytes: snapshot ? bytesOf(snapshot) : 0,
    rows: snapshot?.rows ?? 0,
    quarantined: snapshot?.quarantined ?? 0,
    snapshot: snapshot?.id ?? null,
    keptAt: snapshot ? toIso(snapshot.createdAt) : null,
    problem: sourceProblem(workspace, source.name)?.message ?? null,
  };
}

async function detailOf(workspace: Workspace, source: SourceFile): Promise<SourceDetail> {
  const snapshot = await snapshotOf(workspace, source);
  const { profile, facts } = await sourceFacts(workspace, source, snapshot);
  return workspace.read(async (session) => {
    const all = await readSnapshots(session, source.name);
    const previous = all.find((other) => other.snapshot.id !== snapshot.id)?.snapshot;
    return {
      name: source.name,
      format: source.format,
      description: source.description,
      definitionFile: `sources/${source.name}.yaml`,
      fileNames: snapshot.files.map((file) => file.path),
      bytes: bytesOf(snapshot),
      read: snapshot.rows + snapshot.quarantined,
      loaded: snapshot.rows,
      quarantined: snapshot.quarantined,
      snapshot: snapshot.id,
      keptAt: toIso(snapshot.createdAt),
      profile: [...profile],
      choices: [...readingChoices(source, facts)],
      snapshots: all.map(({ snapshot: one, current }) => ({
        id: one.id,
        createdAt: toIso(one.createdAt),
        files: one.files.length,
        bytes: bytesOf(one),
        rows: one.rows,
        quarantined: one.quarantined,
        current,
      })),
      drift: previous ? [...(await driftNotes(session, previous, snapshot))] : [],
      readSql: snapshot.readSql,
      usedBy: [...workspace.code.project.models.values()]
        .filter((model) => model.parents.includes(`raw.${source.name}`))
        .map((model) => model.name),
    };
  });
}

async function quarantinePage(
  workspace: Workspace,
  request: { source: string; reason?: string | undefined; offset: number; limit: number },
): Promise<QuarantinePage> {
  const snapshot = await snapshotOf(workspace, await sourceOf(workspace, request.source));
  return workspace.read(async (session) => {
    const counted = await session.rows(
      sql`SELECT reason, count(*) AS n FROM teal.quarantine WHERE snapshot = ${snapshot.id} GROUP BY reason`,
    );
    const groups = new Map<string, { count: number; reasons: string[] }>();
    for (const row of counted) {
      const group = groups.get(reasonGroup(textOf(row, 'reason'))) ?? { count: 0, reasons: [] };
      groups.set(reasonGroup(textOf(row, 'reason')), {
        count: group.count + numberOf(row, 'n'),
        reasons: [...group.reasons, textOf(row, 'reason')],
      });
    }
    const wanted =
      request.reason === undefined ? undefined : (groups.get(request.reason)?.reasons ?? [request.reason]);
    const where = wanted
      ? sql`snapshot = ${snapshot.id} AND list_contains(${wanted}, reason)`
      : sql`snapshot = ${snapshot.id}`;
    const rows = await session.rows(
      sql`SELECT file, line, column_name, reason, raw, start_at, end_at FROM teal.quarantine WHERE ${where} ORDER BY file, line LIMIT ${request.limit} OFFSET ${request.offset}`,
    );
    return {
      rows: rows.map((row) => ({
        file: textOf(row, 'file'),
        line: numberOf(row, 'line'),
        column: textOf(row, 'column_name'),
        reason: textOf(row, 'reason'),
        raw: textOf(row, 'raw'),
        start: numberOf(row, 'start_at'),
        end: numberOf(row, 'end_at'),
      })),
      total: await countOf(session, sql`SELECT count(*) AS n FROM teal.quarantine WHERE ${where}`),
      offset: request.offset,
      reasons: [...groups]
        .map(([reason, group]) => ({ reason, count: group.count }))
        .sort((a, b) => b.count - a.count),
    };
  });
}

function bytesOf(snapshot: Snapshot): number {
  return snapshot.files.reduce((sum, file) => sum + file.bytes, 0);
}
