import { fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import { versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import { snapshotViewName } from '../raw/names';
import type { PinnedParent } from '../release/definition';
import type { ColumnType } from '../release/types';
import { versionQuery, versionViewName } from '../release/views';
import { NO_SCHEMA, tableNameOf } from '../sql/references';
import { authored, columnList, id, type Sql, sql } from '../sql/sql';
import { type ColumnsOf, type PreparedModel, type RunContext, renderPart, segmentsFor } from './context';
import { draftScope, namesItself } from './statements';
import { viewQuery } from './view-query';

/** Rows to be read under a name; columns that are not given are asked from the engine. */
export interface BoundRows {
  readonly query: Sql;
  readonly columns?: readonly ColumnType[];
}

interface Binding {
  readonly session: Session;
  readonly planned: PlannedModel;
  readonly batch: Interval;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
}

/**
 * The names that authors write, bound to exactly what this run reads: an attached in-memory catalog with a view for every parent.
 * It comes first in its session's search path, so that the author's text runs unchanged; the warehouse's own schemas come after.
 */
export class RunCatalog {
  private readonly bound = new Map<string, string>();
  private readonly columns = new Map<string, readonly ColumnType[]>();

  constructor(
    private readonly context: RunContext,
    readonly name = `run_${context.run.replace(/[^a-z0-9]/gi, '_')}`,
  ) {}

  /** Makes a session read what this run reads. */
  async enter(session: Session): Promise<void> {
    await session.run(sql`ATTACH IF NOT EXISTS ':memory:' AS ${id(this.name)}`);
    await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(this.name, NO_SCHEMA)}`);
    const warehouse = this.context.engine.info.catalog;
    const own = [`${this.name}.main`, `${this.name}.${NO_SCHEMA}`];
    const path = [...own, `${warehouse}.teal`, `${warehouse}.teal_data`, `${warehouse}.main`].join(',');
    await session.run(sql`SET search_path = ${path}`);
  }

  /** Gives a session its own names back. */
  async leave(session: Session): Promise<void> {
    await session.run(sql`USE ${id(this.context.engine.info.catalog)}`);
  }

  async detach(session: Session): Promise<void> {
    await this.leave(session);
    await session.run(sql`DETACH DATABASE IF EXISTS ${id(this.name)}`);
  }

  /**
   * Binds all that a model reads, as pinned: parents that this run fills from their growing segments, embedded ones as their query
   * for this batch, and its own name to its rows as they are so far.
   */
  async bindFor(
    session: Session,
    planned: PlannedModel,
    batch: Interval,
    prepared: ReadonlyMap<string, PreparedModel>,
  ): Promise<void> {
    const binding = { session, planned, batch, prepared };
    await this.bindParents(binding, planned.parents);
    await this.bindExternals(session, planned.externals ?? []);
    const own = prepared.get(planned.model);
    if (!own?.planned.target || !namesItself(planned)) return;
    await this.bindRows(session, planned.model, this.modelRows(planned.model, own.version.number, prepared));
  }

  /** Tables of the warehouse that nothing here makes are read by their names too, as far as they are there. */
  private async bindExternals(session: Session, names: readonly string[]): Promise<void> {
    const { catalog } = this.context.engine.info;
    for (const name of names) {
      const [schema = '', table = ''] = name.split('.');
      const found = await session.rows(
        sql`SELECT 1 FROM information_schema.tables WHERE table_catalog = ${catalog} AND table_schema = ${schema} AND table_name = ${table}`,
      );
      if (found.length > 0)
        await this.bindRows(session, name, { query: sql`SELECT * FROM ${id(catalog, schema, table)}` });
    }
  }

  /** Binds a name to a query, such as a model's own to rows of which nothing but the columns is known. */
  async bindRows(session: Session, name: string, { query, columns }: BoundRows): Promise<void> {
    if (this.bound.get(name) === query.text) return;
    await this.bind(session, name, query);
    this.columns.set(name, columns ?? (await session.describe(query)));
  }

  /** The columns of what is bound under a name. */
  readonly columnsOf: ColumnsOf = (table) => this.columns.get(tableNameOf(table));

  private async bindParents(
    binding: Binding,
    parents: Readonly<Record<string, PinnedParent>>,
  ): Promise<void> {
    const { session, planned, prepared } = binding;
    for (const [name, parent] of Object.entries(parents)) {
      if (name === planned.model) continue;
      if (parent.type === 'embedded') await this.bindParents(binding, parent.parents);
      const rows =
        parent.type === 'source'
          ? this.sourceRows(name, parent.snapshot)
          : parent.type === 'embedded'
            ? this.embeddedRows(binding, name, parent)
            : this.modelRows(name, parent.version, prepared);
      await this.bindRows(session, name, rows);
    }
  }

  /** The rows of a VIEW of this run before it is sealed: over what the run reads and fills. */
  viewQuery(view: PreparedModel): Sql {
    return viewQuery(view.version, (name) => id(this.name, ...name.split('.')));
  }

  private embeddedRows(
    { planned, batch }: Binding,
    model: string,
    parent: Extract<PinnedParent, { type: 'embedded' }>,
  ): BoundRows {
    const scope = draftScope(planned, this.columnsOf);
    const part = { model, file: parent.file, text: parent.text };
    return { query: authored(renderPart(this.context, part, { planned, batch, scope }).text) };
  }

  private async bind(session: Session, name: string, query: Sql): Promise<void> {
    const [schema = '', table = ''] = name.split('.');
    await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(this.name, schema)}`);
    await session.run(sql`CREATE OR REPLACE VIEW ${id(this.name, schema, table)} AS ${query}`);
    this.bound.set(name, query.text);
  }

  private sourceRows(name: string, snapshotId: string): BoundRows {
    const snapshot = this.context.snapshots.get(snapshotId);
    if (!snapshot)
      throw fault('source.not_found', `The snapshot of ${name} that this run reads is no longer kept.`);
    const { columns } = snapshot;
    const view = id(this.context.engine.info.catalog, ...snapshotViewName(snapshot.source, snapshot.id));
    return { query: sql`SELECT ${columnList(columns.map((column) => column.name))} FROM ${view}`, columns };
  }

  private modelRows(name: string, number: number, prepared: ReadonlyMap<string, PreparedModel>): BoundRows {
    const own = prepared.get(name);
    const catalog = this.context.engine.info.catalog;
    if (own && own.version.number === number) {
      const query =
        own.planned.kind.name === 'VIEW'
          ? this.viewQuery(own)
          : versionQuery(own.version, segmentsFor(this.context, own), catalog);
      return { query, columns: own.version.columns };
    }
    const version = versionOf(this.context.state, name, number);
    if (!version)
      throw fault(
        'release.not_found',
        `Version ${number} of ${name}, which this run reads, is no longer kept.`,
      );
    const { columns } = version;
    const view = id(catalog, ...versionViewName(name, number));
    return { query: sql`SELECT ${columnList(columns.map((column) => column.name))} FROM ${view}`, columns };
  }
}
