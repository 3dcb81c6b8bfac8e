import { createHash } from 'node:crypto';
import { join as joinPath } from 'node:path';
import { onTestFinished } from 'vitest';
import { openNativeEngine } from '../../../node/engine/native-engine';
import { RunCatalog } from '../../../shared/backfill/catalog';
import type { PreparedModel, RunContext } from '../../../shared/backfill/context';
import { fillBatch } from '../../../shared/backfill/fill';
import { prepareModels } from '../../../shared/backfill/prepare';
import { pinnedView, viewQuery } from '../../../shared/backfill/view-query';
import type { Row } from '../../../shared/base/rows';
import type { Interval } from '../../../shared/base/time';
import { type Engine, type Session, withSession } from '../../../shared/engine/contract';
import type { Plan, PlannedModel, Target } from '../../../shared/plan/types';
import type { ModelKind } from '../../../shared/project/model';
import type { Definition } from '../../../shared/release/definition';
import { writeHead } from '../../../shared/release/lines';
import { createLayout } from '../../../shared/release/schema';
import { readState, writeVersion } from '../../../shared/release/store';
import type { WarehouseState } from '../../../shared/release/types';
import { versionQuery, versionViewName } from '../../../shared/release/views';
import { authored, columnList, id, sql } from '../../../shared/sql/sql';

export const DAY = 86_400_000;
export const FIRST = Date.UTC(2025, 0, 1);

const INCREMENTAL = {
  batchSize: null,
  batchConcurrency: null,
  lookback: 0,
  forwardOnly: false,
  disableRestatement: false,
  onDestructiveChange: 'error',
  onAdditiveChange: 'allow',
  autoRestatementCron: null,
} as const;

export const kinds = {
  full: { name: 'FULL' } as ModelKind,
  view: { name: 'VIEW', materialized: false } as ModelKind,
  time: (timeColumn: string): ModelKind => ({
    ...INCREMENTAL,
    name: 'INCREMENTAL_BY_TIME_RANGE',
    timeColumn,
    timeFormat: null,
    partitionByTimeColumn: true,
    autoRestatementIntervals: null,
  }),
  keyed: (
    uniqueKey: readonly string[],
    whenMatched: string | null = null,
    mergeFilter: string | null = null,
  ) =>
    ({ ...INCREMENTAL, name: 'INCREMENTAL_BY_UNIQUE_KEY', uniqueKey, whenMatched, mergeFilter }) as ModelKind,
  partition: { ...INCREMENTAL, name: 'INCREMENTAL_BY_PARTITION' } as ModelKind,
  seed: (csv: Readonly<Record<string, string>>): ModelKind => ({ name: 'SEED', path: 'seed.csv', csv }),
};

const HISTORY = { ...INCREMENTAL, validFrom: 'valid_from', validTo: 'valid_to', timeType: 'TIMESTAMP' };

export function historyByTime(
  uniqueKey: readonly string[],
  options: { invalidateHardDeletes: boolean; updatedAtAsValidFrom: boolean },
): ModelKind {
  return { ...HISTORY, ...options, name: 'SCD_TYPE_2_BY_TIME', uniqueKey, updatedAt: 'at' };
}

export function historyByColumn(
  uniqueKey: readonly string[],
  options: {
    invalidateHardDeletes: boolean;
    executionTimeAsValidFrom: boolean;
    columns: readonly string[] | null;
    updatedAt: string | null;
  },
): ModelKind {
  return { ...HISTORY, ...options, name: 'SCD_TYPE_2_BY_COLUMN', uniqueKey };
}

/** One model's part of a run, as far as a test cares. */
export interface Fill extends Partial<Omit<PlannedModel, 'definition' | 'model' | 'kind' | 'version'>> {
  readonly model?: string;
  readonly kind: ModelKind;
  readonly query: string;
  readonly text?: Partial<Definition>;
  readonly target: Target | null;
  readonly version: number;
}

/** What a run has made. */
interface Filled {
  readonly context: RunContext;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
}

/** A warehouse whose models are filled as a runner does it, from plans made by hand. */
export interface FillBench {
  readonly engine: Engine;
  /** prepares, fills and seals; the prepared models by name */
  fill(fills: readonly Fill[], options?: FillOptions): Promise<Filled>;
  /** rows as texts, in one order */
  rows(query: string): Promise<readonly (readonly (string | null)[])[]>;
  /** rows of a version through its persisted view */
  version(number: number, model?: string): Promise<readonly (readonly (string | null)[])[]>;
  raw(query: string): Promise<readonly Row[]>;
}

interface FillOptions {
  readonly executionTime?: number;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly folder?: string;
  /** leaves what was filled unsealed, as a run that ends early */
  readonly unsealed?: boolean;
  /** takes up a run by its id, at a batch */
  readonly resume?: { readonly run: string; readonly batch: number };
  readonly sources?: Readonly<Record<string, { readonly text: string; readonly start: number }>>;
}

export const MODEL = 'shop.items';

/** Opens an empty warehouse; it is gone when the test ends. */
export async function openFillBench(folder?: string): Promise<FillBench> {
  const engine = await openNativeEngine({ path: ':memory:', allowedDirectories: folder ? [folder] : [] });
  onTestFinished(() => engine.close());
  await withSession(engine, 'writer', (session) => session.run(createLayout));
  let runs = 0;
  const rows = (query: string) =>
    withSession(engine, 'interactive', async (session) => {
      const found = await session.rows(authored(`SELECT COLUMNS(*)::VARCHAR FROM (${query})`));
      return sorted(found.map((row) => Object.values(row) as (string | null)[]));
    });
  return {
    engine,
    rows,
    fill: async (fills, options = {}) => {
      runs += 1;
      return runFills({ engine, run: options.resume?.run ?? `run-${runs}`, fills, options });
    },
    version: (number, model = MODEL) => rows(`SELECT * FROM ${id(...versionViewName(model, number)).text}`),
    raw: (query) => withSession(engine, 'interactive', (session) => session.rows(authored(query))),
  };
}

/** Rows in one order that does not depend on the engine. */
export function sorted<T>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function runFills(work: {
  engine: Engine;
  run: string;
  fills: readonly Fill[];
  options: FillOptions;
}): Promise<Filled> {
  const { engine, run, fills, options } = work;
  return withSession(engine, 'writer', async (session) => {
    const state = await readState(session);
    const models = fills.map((fill) => plannedOf(fill, state, options.variables ?? {}));
    const context: RunContext = {
      engine,
      run,
      plan: planOf(models, options),
      state,
      snapshots: new Map(),
      now: () => FIRST,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      resolvePath: (path) => joinPath(options.folder ?? '', path),
      queryStart: (model) => options.sources?.[model],
      aroundPlace: () => ({ file: 'config.yaml' }),
    };
    const catalog = new RunCatalog(context);
    await catalog.enter(session);
    try {
      const prepared = await prepareModels(context, session, {
        catalog,
        failed: (_, error) => {
          throw error;
        },
      });
      for (const model of prepared.values())
        await fillModel({ context, session, catalog, prepared, model, first: options.resume?.batch ?? 0 });
      await catalog.leave(session);
      if (!options.unsealed) for (const model of prepared.values()) await seal(session, model);
      return { context, prepared };
    } finally {
      await catalog.detach(session);
    }
  });
}

async function fillModel(work: {
  context: RunContext;
  session: Session;
  catalog: RunCatalog;
  prepared: ReadonlyMap<string, PreparedModel>;
  model: PreparedModel;
  first: number;
}): Promise<void> {
  const { context, session, catalog, prepared, model, first } = work;
  if (!model.planned.target) return;
  for (const [index, batch] of model.planned.batches.entries()) {
    if (index < first) continue;
    await catalog.bindFor(session, model.planned, batch, prepared);
    await fillBatch({ context, session, model, index, signal: new AbortController().signal });
  }
}

async function seal(session: Session, model: PreparedModel): Promise<void> {
  const { version, planned } = model;
  await writeVersion(session, version);
  await writeHead(session, { model: planned.model, line: planned.line, version: version.number });
  if (planned.target?.mode === 'tail')
    await session.run(
      sql`UPDATE teal.segment SET head = ${planned.target.number} WHERE table_name = ${planned.target.table}`,
    );
  const { segments } = await readState(session);
  const query =
    planned.kind.name === 'VIEW' ? viewQuery(version, pinnedView) : versionQuery(version, segments);
  const columns = columnList(version.columns.map((column) => column.name));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${id(...versionViewName(version.model, version.number))} AS SELECT ${columns} FROM (${query}) AS version_rows`,
  );
}

function plannedOf(
  fill: Fill,
  state: WarehouseState,
  variables: Readonly<Record<string, unknown>>,
): PlannedModel {
  const { query, text, model = MODEL, ...more } = fill;
  const { target } = fill;
  const line = fill.line ?? fill.fingerprint ?? 'print';
  const batches: readonly Interval[] = [{ from: FIRST, to: FIRST + DAY }];
  const spans = fill.kind.name === 'INCREMENTAL_BY_TIME_RANGE' ? (fill.batches ?? batches) : null;
  return {
    model,
    fingerprint: 'print',
    edition: line,
    line,
    exists: state.heads.get(model)?.get(line) !== undefined,
    declaredColumns: [],
    columnNames: null,
    partitionedBy: [],
    unit: DAY,
    readsItself: false,
    shown: fill.version,
    shownLine: line,
    promoted: true,
    change: null,
    reason: '',
    base: fill.version > 1 ? fill.version - 1 : null,
    action: fill.kind.name === 'VIEW' ? 'view' : 'fill',
    batches,
    whole: false,
    entries: target
      ? [{ segment: target.table, number: target.number, spans, cut: false, fingerprint: 'print' }]
      : [],
    covered: batches,
    older: [],
    shared: [],
    parents: {},
    audits: [],
    auditOnly: [],
    seed: null,
    ...more,
    definition: {
      file: `models/${model}.sql`,
      kind: fill.kind.name,
      cron: '@daily',
      parents: [],
      metadata: '',
      key: [],
      query,
      before: [],
      after: [],
      onVirtualUpdate: [],
      definitions: [],
      blueprint: {},
      variables,
      ...text,
    },
  };
}

function planOf(models: readonly PlannedModel[], options: FillOptions): Plan {
  const tables = models.flatMap((model) => (model.target ? [model.target.table] : []));
  return {
    id: 'plan',
    environment: 'prod',
    kind: 'plan',
    title: '',
    reason: 'logic',
    description: '',
    brief: null,
    scope: null,
    executionTime: options.executionTime ?? FIRST + DAY,
    createdAt: FIRST,
    user: '',
    commit: '',
    baseRelease: null,
    base: {},
    models,
    removed: [],
    stages: [{ kind: 'prepare', tables }],
    around: {
      ...{ before: [], after: [], variables: {}, changed: false },
      ...{ span: null, schemas: [], views: [] },
    },
    decision: {
      ...{ newEnvironment: false, added: [], removed: [], forwardOnly: [] },
      ...{ directlyModified: {}, indirectlyModified: {}, metadataUpdated: {} },
      ...{ restatements: {}, missingIntervals: {}, notRestated: {} },
    },
    books: {
      ...{ fresh: [], editions: {}, before: {}, records: {}, inherited: [], cleared: [] },
      ...{ expiresAt: null, restates: false },
    },
  };
}
