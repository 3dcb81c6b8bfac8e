import { fault } from '../base/errors';
import type { Session } from '../engine/contract';
import { versionOf } from '../plan/lookup';
import { snapshotViewName } from '../raw/names';
import type { PinnedParent } from '../release/types';
import { versionQuery, versionViewName } from '../release/views';
import { authored, columnList, id, type Sql, sql } from '../sql/sql';
import { type PreparedModel, type RunContext, segmentsFor } from './context';
import { viewQuery } from './view-query';

/**
 * The names that authors write, bound to exactly what this run reads: an attached in-memory catalog with a view for every parent.
 * It comes first in its session's search path, so that the author's text runs unchanged; the warehouse's own schemas come after.
 */
export class RunCatalog {
  private readonly bound = new Map<string, string>();

  constructor(
    private readonly context: RunContext,
    readonly name = `run_${context.run.replace(/[^a-z0-9]/gi, '_')}`,
  ) {}

  /** Makes a session read what this run reads. */
  async enter(session: Session): Promise<void> {
    await session.run(sql`ATTACH IF NOT EXISTS ':memory:' AS ${id(this.name)}`);
    const warehouse = this.context.engine.info.catalog;
    const path = [`${this.name}.main`, `${warehouse}.teal`, `${warehouse}.teal_data`].join(',');
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

  /** Binds all parents of a model, as pinned; those that this run fills are read from their growing segments. */
  async bindParents(
    session: Session,
    parents: Readonly<Record<string, PinnedParent>>,
    prepared: ReadonlyMap<string, PreparedModel>,
  ): Promise<void> {
    for (const [name, parent] of Object.entries(parents)) {
      const query =
        parent.type === 'source'
          ? this.sourceQuery(name, parent.snapshot)
          : parent.type === 'embedded'
            ? embeddedQuery(parent)
            : this.modelQuery(name, parent.version, prepared);
      if (this.bound.get(name) === query.text) continue;
      await this.bind(session, name, query);
    }
  }

  /** The rows of a VIEW of this run before it is sealed: over what the run reads and fills. */
  viewQuery(view: PreparedModel): Sql {
    return viewQuery(this.context, view, (name) => id(this.name, ...name.split('.')));
  }

  private async bind(session: Session, name: string, query: Sql): Promise<void> {
    const [schema = '', table = ''] = name.split('.');
    await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(this.name, schema)}`);
    await session.run(sql`CREATE OR REPLACE VIEW ${id(this.name, schema, table)} AS ${query}`);
    this.bound.set(name, query.text);
  }

  private sourceQuery(name: string, snapshotId: string): Sql {
    const snapshot = this.context.snapshots.get(snapshotId);
    if (!snapshot)
      throw fault('source.not_found', `The snapshot of ${name} that this run reads is no longer kept.`);
    return sql`SELECT ${columnList(snapshot.columns.map((column) => column.name))} FROM ${id(this.context.engine.info.catalog, ...snapshotViewName(snapshot.source, snapshot.id))}`;
  }

  private modelQuery(name: string, number: number, prepared: ReadonlyMap<string, PreparedModel>): Sql {
    const own = prepared.get(name);
    const catalog = this.context.engine.info.catalog;
    if (own && own.version.number === number && own.planned.kind.name !== 'VIEW') {
      return versionQuery(own.version, segmentsFor(this.context, own), catalog);
    }
    if (own && own.version.number === number) return this.viewQuery(own);
    const version = versionOf(this.context.state, name, number);
    if (!version)
      throw fault(
        'release.not_found',
        `Version ${number} of ${name}, which this run reads, is no longer kept.`,
      );
    return sql`SELECT ${columnList(version.columns.map((column) => column.name))} FROM ${id(catalog, ...versionViewName(name, number))}`;
  }
}

function embeddedQuery(parent: Extract<PinnedParent, { type: 'embedded' }>): Sql {
  return authored(parent.text.query);
}
