import { parseDocument } from 'yaml';
import { Fault } from '../base/errors';
import type { Engine, ResultColumn, Session } from '../engine/contract';
import { plainValue } from '../project/block';
import type { Model } from '../project/model';
import { renderText } from '../project/render';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import type { Workspace } from './workspace';

type Columns = readonly ResultColumn[];

/**
 * The columns of models and sources as far as files tell them, without a row of the warehouse: what a MODEL block or a source states,
 * else what the engine says of the query over empty tables of the same kind.
 */
export class TestTypes {
  private readonly known = new Map<string, Promise<Columns | undefined>>();
  private session: Session | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly engine: Engine,
    private readonly catalog = 'test_types',
  ) {}

  columnsOf(name: string): Promise<Columns | undefined> {
    const before = this.known.get(name);
    if (before) return before;
    // A model that reads itself, or a circle, is not known while it is being learned.
    this.known.set(name, Promise.resolve(undefined));
    const columns = this.learn(name).catch(unlessFault);
    this.known.set(name, columns);
    return columns;
  }

  async close(): Promise<void> {
    await this.session?.release();
  }

  private async learn(name: string): Promise<Columns | undefined> {
    const columns = await this.read(name);
    if (columns) await this.create(name, columns);
    return columns;
  }

  private async read(name: string): Promise<Columns | undefined> {
    const { project } = this.workspace.code;
    const model = project.models.get(name);
    if (!model) return this.sourceColumns(name);
    if (model.columns.length > 0) return model.columns;
    const session = await this.open();
    if (model.kind.name === 'SEED') return session.describe(this.seedQuery(model));
    for (const parent of model.parents) if (parent !== name) await this.columnsOf(parent);
    const rendered = renderText(model.query, {
      macros: {
        start: 0,
        end: 0,
        executionTime: this.workspace.platform.now(),
        variables: project.config.variables,
        values: {},
        stage: 'testing',
        definitions: model.definitions.map((statement) => statement.text),
        blueprint: model.blueprint,
      },
      resolvePath: (path) => this.workspace.folder.resolve(path),
      knowsDay: this.engine.info.capabilities.timeZones,
    });
    return rendered.ok ? session.describe(authored(rendered.value.text)) : undefined;
  }

  private async sourceColumns(name: string): Promise<Columns | undefined> {
    if (!name.startsWith('raw.')) return this.externalColumns(name);
    const source = name.slice(4);
    const snapshot = (await this.workspace.state()).snapshots.get(source);
    const stated = this.workspace.code.project.sources.get(source)?.columns ?? {};
    return snapshot?.columns ?? columnsFrom(stated) ?? this.externalColumns(name);
  }

  private externalColumns(name: string): Columns | undefined {
    const text = this.workspace.code.files.get('external_models.yaml');
    const list: unknown = text === undefined ? [] : parseDocument(text).toJS();
    if (!Array.isArray(list)) return undefined;
    const external = list.find(
      (one: { name?: unknown } | null) =>
        String(one?.name ?? '')
          .replaceAll('"', '')
          .toLowerCase()
          .split('.')
          .slice(-2)
          .join('.') === name,
    ) as { columns?: unknown } | undefined;
    return columnsFrom(external?.columns);
  }

  private seedQuery(model: Model): Sql {
    const path = model.kind.name === 'SEED' ? plainValue(model.kind.path) : '';
    const own = path.startsWith('$root/') ? path.slice(6) : besideModel(model.file, path);
    return sql`SELECT * FROM read_csv(${this.workspace.folder.resolve(own)}, header = true)`;
  }

  private async create(name: string, columns: Columns): Promise<void> {
    const session = await this.open();
    const [schema = '', table = ''] = name.split('.');
    if (columns.length === 0 || table === '') return;
    const list = columns.map((column) => sql`${id(column.name)} ${authored(column.type)}`);
    await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(this.catalog, schema)}`);
    await session.run(sql`CREATE TABLE IF NOT EXISTS ${id(this.catalog, schema, table)} (${join(list)})`);
  }

  private async open(): Promise<Session> {
    if (this.session) return this.session;
    const session = await this.engine.session('interactive');
    this.session = session;
    await session.run(sql`ATTACH IF NOT EXISTS ':memory:' AS ${id(this.catalog)}`);
    await session.run(sql`USE ${id(this.catalog)}`);
    return session;
  }
}

function columnsFrom(value: unknown): Columns | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const columns = Object.entries(value).map(([name, type]) => ({
    name: name.toLowerCase(),
    type: String(type),
  }));
  return columns.length > 0 ? columns : undefined;
}

function besideModel(file: string, path: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function unlessFault(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
  return undefined;
}
