// Computes rows that no recording holds: a model's query over its parents' expected rows, batch by batch, in a database of the judge's own.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Span } from '../runner/format';
import { name, type Rows, readRows, relationName, text } from '../runner/rows';
import { millisOf } from './moments';
import { listOf, type ProjectModel, splitAt } from './project-models';

const SCHEMA = 'rows_of_the_judge';

/** Why the rows that must come out can't be computed here. */
export class NotComputable extends Error {}

/** The query behind a relation's rows, e.g. of a Parquet file or of a computed table. */
export type Source = string;

export interface Evaluator {
  /** keeps the rows of a query under a name of its own */
  keep(query: string): Promise<Source>;
  rows(source: Source): Promise<Rows>;
  /** the rows that a model's query gives for one batch */
  batch(model: ProjectModel, span: Span, parents: Parents): Promise<Source>;
  /** the model's rows after one batch, from those before; null where there was no table */
  apply(step: BatchStep): Promise<Source>;
  /** `inside` for the rows of these spans, `outside` for all others */
  blend(blend: Blend): Promise<Source>;
}

/** What a model's query may read: rows by `schema.name`, and texts of embedded models. */
export interface Parents {
  readonly sources: ReadonlyMap<string, Source>;
  readonly embedded: readonly ProjectModel[];
}

interface BatchStep {
  readonly model: ProjectModel;
  readonly span: Span;
  readonly parents: Parents;
  readonly before: Source | null;
}

interface Blend {
  readonly model: ProjectModel;
  readonly spans: readonly Span[];
  readonly inside: Source;
  readonly outside: Source;
}

/** Renders what the judge itself can't: a model's query for a span. */
export type Render = (model: string, span: Span) => Promise<string>;

/** An evaluator on a connection; `render` is asked for texts with macros beyond the variables of time. */
export function createEvaluator(connection: DuckDBConnection, render: Render): Evaluator {
  let kept = 0;
  const keep = async (query: string): Promise<Source> => {
    kept += 1;
    const table = name(SCHEMA, `rows_${kept}`);
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await tried(connection, `CREATE TABLE ${table} AS ${query}`);
    return `SELECT * FROM ${table}`;
  };
  const batch: Evaluator['batch'] = async (model, span, parents) => {
    if (model.around.length > 0) throw new NotComputable(`${model.name} has statements around its query`);
    const query = await rendered(model, span, render);
    for (const [parent, source] of parents.sources) await showAs(connection, parent, source);
    await showEmbedded(connection, parents.embedded, (one) => rendered(one, span, render));
    return keep(query);
  };
  return {
    keep,
    batch,
    rows: (source) => readRows(connection, source),
    async apply({ model, span, parents, before }) {
      const fresh = await batch(model, span, parents);
      if (before === null || ['full', 'view', 'seed'].includes(model.kind))
        return inSpan(model, span, fresh, keep);
      if (model.kind === 'incremental_by_time_range')
        return keep(
          `${without(model, span, before)} UNION ALL BY NAME (${await inSpan(model, span, fresh, keep)})`,
        );
      if (model.kind === 'incremental_by_partition') return keep(partitionsReplaced(model, before, fresh));
      if (model.kind === 'incremental_by_unique_key')
        return merged(connection, model, before, { fresh, keep });
      throw new NotComputable(`rows of ${model.kind} are not computed here`);
    },
    blend: ({ model, spans, inside, outside }) => {
      const condition = spans.map((span) => within(model, span)).join(' OR ') || 'FALSE';
      return keep(
        `SELECT * FROM (${outside}) WHERE (${condition}) IS NOT TRUE UNION ALL BY NAME SELECT * FROM (${inside}) WHERE ${condition}`,
      );
    },
  };
}

/** Runs a statement whose failure means that the rows can't be had. */
async function tried(connection: DuckDBConnection, statement: string): Promise<void> {
  try {
    await connection.run(statement);
  } catch (error) {
    throw new NotComputable(String(error).split('\n')[0]);
  }
}

async function showAs(connection: DuckDBConnection, parent: string, source: Source): Promise<void> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${name(parent.slice(0, parent.indexOf('.')))}`);
  await tried(connection, `CREATE OR REPLACE VIEW ${relationName(parent)} AS ${source}`);
}

/** Embedded models may read each other: those that can't be bound yet wait for the others. */
async function showEmbedded(
  connection: DuckDBConnection,
  models: readonly ProjectModel[],
  text: (model: ProjectModel) => Promise<string>,
): Promise<void> {
  let waiting = [...models];
  while (waiting.length > 0) {
    const failed: ProjectModel[] = [];
    for (const model of waiting)
      await text(model)
        .then((query) => showAs(connection, model.name, query))
        .catch((error: unknown) => {
          if (!(error instanceof NotComputable)) throw error;
          failed.push(model);
        });
    if (failed.length === waiting.length) return;
    waiting = failed;
  }
}

async function rendered(model: ProjectModel, span: Span, render: Render): Promise<string> {
  const query = withTimes(model.query, span);
  return hasMacros(query) ? render(model.name, span) : query;
}

function hasMacros(query: string): boolean {
  return query.replace(/'(?:[^']|'')*'/g, "''").includes('@');
}

/** The query with the variables of time written out; ends are inclusive, to the last microsecond. */
export function withTimes(query: string, [from, to]: Span): string {
  const [start, end] = [millisOf(from), millisOf(to) - 1];
  const micros = (millis: number, rest: string) =>
    `${new Date(millis).toISOString().replace('T', ' ').replace('Z', rest)}`.replace(/\.000000$/, '');
  const moments = { start: micros(start, '000'), end: micros(end, '999') } as const;
  const millis = { start, end } as const;
  return query.replace(/@(start|end)_(ds|date|ts|dt|dtntz|millis)\b/gi, (_, which: string, form: string) => {
    const side = which.toLowerCase() as 'start' | 'end';
    const day = moments[side].slice(0, 10);
    const forms: Record<string, string> = {
      ds: `'${day}'`,
      date: `CAST('${day}' AS DATE)`,
      ts: `'${moments[side]}'`,
      dt: `CAST('${moments[side]}' AS TIMESTAMP)`,
      dtntz: `CAST('${moments[side]}' AS TIMESTAMP)`,
      millis: String(millis[side]),
    };
    return forms[form.toLowerCase()] ?? '';
  });
}

/** The condition that a row lies in a span by the model's time column. */
export function within(model: ProjectModel, [from, to]: Span): string {
  const [column, format] = listOf(model.properties['time_column']);
  if (!column) throw new NotComputable(`${model.name} has no time column`);
  const plain = `TRY_CAST(${column} AS TIMESTAMP)`;
  const moment = format ? `COALESCE(${plain}, TRY_STRPTIME(CAST(${column} AS VARCHAR), ${format}))` : plain;
  return `(${moment} >= ${text(from)}::TIMESTAMP AND ${moment} < ${text(to)}::TIMESTAMP)`;
}

function without(model: ProjectModel, span: Span, source: Source): Source {
  return `SELECT * FROM (${source}) WHERE ${within(model, span)} IS NOT TRUE`;
}

async function inSpan(
  model: ProjectModel,
  span: Span,
  source: Source,
  keep: Evaluator['keep'],
): Promise<Source> {
  if (model.kind !== 'incremental_by_time_range') return source;
  return keep(`SELECT * FROM (${source}) WHERE ${within(model, span)}`);
}

function partitionsReplaced(model: ProjectModel, before: Source, fresh: Source): string {
  const columns = listOf(model.properties['partitioned_by']).join(', ');
  if (columns === '') throw new NotComputable(`${model.name} has no partitions`);
  const keys = `SELECT DISTINCT ${columns} FROM (${fresh})`;
  return `SELECT * FROM (${before}) WHERE ((${columns}) IN (${keys})) IS NOT TRUE UNION ALL BY NAME (${fresh})`;
}

/** New rows merged into those before: by the WHEN clauses where the model has some, else a key's new row replaces its old one. */
async function merged(
  connection: DuckDBConnection,
  model: ProjectModel,
  before: Source,
  { fresh, keep }: { fresh: Source; keep: Evaluator['keep'] },
): Promise<Source> {
  const keys = listOf(model.properties['unique_key']);
  const { when_matched: clauses, merge_filter: filter } = model.properties;
  if (clauses === undefined && filter === undefined) {
    const list = keys.join(', ');
    return keep(
      `SELECT * FROM (${before}) WHERE ((${list}) IN (SELECT ${list} FROM (${fresh}))) IS NOT TRUE
       UNION ALL BY NAME SELECT * FROM (${fresh}) QUALIFY ROW_NUMBER() OVER (PARTITION BY ${list}) = 1`,
    );
  }
  const target = await keep(before);
  const columns = (await readRows(connection, `${fresh} LIMIT 0`)).columns.map(([column]) => column);
  await tried(connection, mergeStatement({ target, fresh, keys, clauses, filter, columns }));
  return target;
}

interface Merge {
  readonly target: Source;
  readonly fresh: Source;
  readonly keys: readonly string[];
  readonly clauses: string | undefined;
  readonly filter: string | undefined;
  readonly columns: readonly string[];
}

/** DuckDB's own MERGE with the model's clauses. */
export function mergeStatement({ target, fresh, keys, clauses, filter, columns }: Merge): string {
  const table = target.replace('SELECT * FROM ', '');
  const equal = keys.map(
    (key) => `${qualified(key, 'target', columns)} = ${qualified(key, 'source', columns)}`,
  );
  const condition = [...equal, ...(filter === undefined ? [] : [`(${filter})`])].join(' AND ');
  const list = columns.map((column) => name(column));
  const updateAll = `WHEN MATCHED THEN UPDATE SET ${list.map((column) => `${column} = source.${column}`).join(', ')}`;
  const bare = clauses?.trim().replace(/^\(([\s\S]*)\)$/, '$1');
  const whens =
    bare === undefined
      ? updateAll
      : bare.replace(/\bSET\b([\s\S]*?)(?=\bWHEN\b|$)/gi, (_, given: string) => `SET ${assignments(given)} `);
  const insert = `WHEN NOT MATCHED THEN INSERT (${list.join(', ')}) VALUES (${list.map((column) => `source.${column}`).join(', ')})`;
  const rest = /\bWHEN\s+NOT\s+MATCHED\b/i.test(whens) ? '' : insert;
  return `MERGE INTO ${table} AS target USING (${fresh}) AS source ON ${condition} ${whens} ${rest}`;
}

/** `target.a = source.a`: what is set is named bare. */
function assignments(given: string): string {
  return splitAt(given, ',')
    .map((part) => part.replace(/^\s*target\s*\.\s*/i, ''))
    .join(', ');
}

/** A key, which may be an expression, with its columns read from one side. */
function qualified(key: string, side: string, columns: readonly string[]): string {
  const names = new Set(columns.map((column) => column.toLowerCase()));
  const pieces = key.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[\s\S]/g) ?? [];
  return pieces
    .map((piece) =>
      names.has(piece.replaceAll('"', '').toLowerCase()) && !piece.startsWith("'")
        ? `${side}.${piece}`
        : piece,
    )
    .join('');
}
