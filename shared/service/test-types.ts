import { Fault } from '../base/errors';
import type { Engine, Session } from '../engine/contract';
import { plainValue } from '../project/block';
import type { Model } from '../project/model';
import { renderText } from '../project/render';
import type { KnownColumns } from '../quality/run-test';
import { NO_SCHEMA } from '../sql/references';
import { selectedColumns } from '../sql/select-types';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import type { Workspace } from './workspace';

/**
 * The columns of models and sources as far as files tell them, without a row of the warehouse: what a MODEL block or a source states,
 * else what the engine says of the query over empty tables of the same kind.
 */
export class TestTypes {
  private readonly known = new Map<string, Promise<KnownColumns | undefined>>();
  private session: Session | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly engine: Engine,
    private readonly catalog = 'test_types',
  ) {}

  columnsOf(name: string): Promise<KnownColumns | undefined> {
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

  private async learn(name: string): Promise<KnownColumns | undefined> {
    const columns = await this.read(name);
    if (columns?.complete) await this.create(name, columns);
    return columns;
  }

  private async read(name: string): Promise<KnownColumns | undefined> {
    const { project } = this.workspace.code;
    const model = project.models.get(name);
    if (!model) return this.sourceColumns(name);
    if (model.columns.length > 0) return complete(model.columns);
    if (model.kind.name === 'SEED')
      return complete(await (await this.open()).describe(this.seedQuery(model)));
    const rendered = this.render(model);
    if (!rendered.ok) return undefined;
    const { text } = rendered.value;
    const told = toldBy(text);
    if (told?.complete) return told;
    for (const parent of model.parents) if (parent !== name) await this.columnsOf(parent);
    return this.described(text)
      .catch(unlessFault)
      .then((columns) => columns ?? told);
  }

  private async described(text: string): Promise<KnownColumns> {
    const session = await this.open();
    return complete(await session.describe(authored(text)));
  }

  private render(model: Model) {
    const { project } = this.workspace.code;
    return renderText(model.query, {
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
  }

  private async sourceColumns(name: string): Promise<KnownColumns | undefined> {
    if (!name.startsWith('raw.')) return this.externalColumns(name);
    const source = name.slice(4);
    const snapshot = (await this.workspace.state()).snapshots.get(source);
    const stated = this.workspace.code.project.sources.get(source)?.columns ?? {};
    return snapshot ? complete(snapshot.columns) : (columnsFrom(stated) ?? this.externalColumns(name));
  }

  private externalColumns(name: string): KnownColumns | undefined {
    const columns = this.workspace.code.project.externals.get(name)?.columns ?? [];
    return columns.length > 0 ? complete(columns) : undefined;
  }

  private seedQuery(model: Model): Sql {
    const path = model.kind.name === 'SEED' ? plainValue(model.kind.path) : '';
    const own = path.startsWith('$root/') ? path.slice(6) : besideModel(model.file, path);
    return sql`SELECT * FROM read_csv(${this.workspace.folder.resolve(own)}, header = true)`;
  }

  private async create(name: string, { columns }: KnownColumns): Promise<void> {
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
    await session.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(this.catalog, NO_SCHEMA)}`);
    await session.run(sql`SET search_path = ${`${this.catalog}.main,${this.catalog}.${NO_SCHEMA}`}`);
    return session;
  }
}

function complete(columns: KnownColumns['columns']): KnownColumns {
  return { columns, complete: true };
}

/** What a query's own text tells of its columns. */
function toldBy(text: string): KnownColumns | undefined {
  const named = selectedColumns(text);
  if (!named) return undefined;
  const columns = named.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type }]));
  return { columns, complete: columns.length === named.length };
}

function columnsFrom(value: Readonly<Record<string, string>>): KnownColumns | undefined {
  const columns = Object.entries(value).map(([name, type]) => ({
    name: name.toLowerCase(),
    type,
  }));
  return columns.length > 0 ? complete(columns) : undefined;
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
