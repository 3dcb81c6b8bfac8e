import { Fault, fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import { versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import type { ColumnType } from '../release/types';
import { FROM_NUMBER, TO_NUMBER } from '../release/views';
import { codeTokens } from '../sql/lexer';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { identifierOf, splitAtCommas } from '../sql/text';
import type { RunCatalog } from './catalog';
import type { RunContext } from './context';
import { draftScope, dropScratch, hasStatements, readsItself, runBefore, scratchOf } from './statements';

export interface ColumnWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly planned: PlannedModel;
  readonly batch: Interval;
}

/** The columns that a planned model's table will have: what its query gives, under declared types, and what its kind adds. */
export async function describeRows(work: ColumnWork, query: Sql): Promise<readonly ColumnType[]> {
  const { planned } = work;
  const found = await describeQuery(work, query);
  const own = found.find((column) => [FROM_NUMBER, TO_NUMBER].includes(column.name.toLowerCase()));
  if (own)
    throw fault(
      'model.invalid',
      `A column of ${planned.model} is named ${own.name}, which Teal keeps for itself.`,
      { remedy: 'Give it another name.' },
    );
  return withManaged(planned, asDeclared(planned, named(planned, found)));
}

/** Columns under the names that SQLMesh gives them: in lower case, and numbered where they have none. */
function named(planned: PlannedModel, found: readonly ColumnType[]): readonly ColumnType[] {
  const names = planned.columnNames;
  if (names?.length !== found.length) return found;
  return found.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function asDeclared(planned: PlannedModel, found: readonly ColumnType[]): readonly ColumnType[] {
  const types = new Map(planned.declaredColumns.map((column) => [column.name.toLowerCase(), column.type]));
  return found.map(({ name, type }) => ({ name, type: types.get(name.toLowerCase()) ?? type }));
}

/** A model that keeps the history of its rows has two more columns, and compares moments of their type. */
function withManaged(planned: PlannedModel, columns: readonly ColumnType[]): readonly ColumnType[] {
  const { kind } = planned;
  if (kind.name !== 'SCD_TYPE_2_BY_TIME' && kind.name !== 'SCD_TYPE_2_BY_COLUMN') return columns;
  const managed = [kind.validFrom, kind.validTo];
  const type = kind.timeType;
  return [
    ...columns
      .filter((column) => !managed.includes(column.name))
      .map((column) =>
        kind.name === 'SCD_TYPE_2_BY_TIME' && column.name === kind.updatedAt ? { ...column, type } : column,
      ),
    ...managed.map((name) => ({ name, type })),
  ];
}

async function describeQuery(work: ColumnWork, query: Sql): Promise<readonly ColumnType[]> {
  const { context, session, planned, batch, catalog } = work;
  if (readsItself(planned)) await bindDraft(work, query);
  if (!hasStatements(planned)) return readsItself(planned) ? settle(work, query) : session.describe(query);
  const scratch = await scratchOf(session);
  return session.transaction(async () => {
    const scope = draftScope(context, planned, catalog.columnsOf);
    await runBefore({ context, session, planned, batch, scope });
    const columns = await session.describe(query);
    await dropScratch(session, scratch);
    return columns;
  });
}

/** Gives a model that reads itself empty rows to read: of the version before, as declared, else of the names that it selects. */
async function bindDraft(work: ColumnWork, query: Sql): Promise<void> {
  const { context, planned } = work;
  const base = versionOf(context.state, planned.model, planned.base);
  const known = planned.declaredColumns.length > 0 ? planned.declaredColumns : (base?.columns ?? []);
  const names = new Set(known.map((column) => column.name.toLowerCase()));
  const others = outputNames(query.text).filter((name) => !names.has(name.toLowerCase()));
  await bindEmpty(work, [
    ...known.map((column) => sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`),
    ...others.map((name) => sql`NULL AS ${id(name)}`),
  ]);
}

/** The types of a model that reads itself depend on themselves: asked until they stay. */
async function settle(work: ColumnWork, query: Sql): Promise<readonly ColumnType[]> {
  let columns = await work.session.describe(query);
  for (let round = 0; round < 4; round++) {
    const typed = asDeclared(work.planned, columns);
    await bindEmpty(
      work,
      typed.map((column) => sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`),
    );
    const next = await work.session.describe(query);
    if (next.every((column, index) => column.type === columns[index]?.type)) return next;
    columns = next;
  }
  return columns;
}

async function bindEmpty({ session, catalog, planned }: ColumnWork, columns: readonly Sql[]): Promise<void> {
  if (columns.length === 0) return;
  await catalog.bindRows(session, planned.model, { query: sql`SELECT ${join(columns)} WHERE false` });
}

/** The names that the first SELECT outside of any bracket gives its columns, where its text says so. */
function outputNames(text: string): readonly string[] {
  const tokens = codeTokens(text);
  let depth = 0;
  let start = -1;
  for (const [index, token] of tokens.entries()) {
    const word = token.text.toLowerCase();
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (depth === 0 && word === 'select' && start < 0) start = index + 1;
    if (depth > 0 || start < 0 || word !== 'from') continue;
    return splitAtCommas(tokens.slice(start, index)).flatMap((part) => {
      const last = part.at(-1);
      return last && ['word', 'quoted'].includes(last.kind) && part.at(-2)?.text !== ':'
        ? [identifierOf(last)]
        : [];
    });
  }
  return [];
}

/** Refuses a model whose MODEL block names columns, or expressions of them, that its query does not give. */
export async function checkNames(work: ColumnWork, columns: readonly ColumnType[]): Promise<void> {
  const { planned, session } = work;
  const has = (name: string) => columns.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const keys = keysOf(planned);
  const lacking = keys.find((key) => isName(key) && !has(plain(key)));
  if (lacking !== undefined) throw lacksColumn(planned, plain(lacking), columns);
  const expressions = keys.filter((key) => !isName(key));
  if (expressions.length === 0) return;
  const empty = columns.map((column) => sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`);
  for (const key of expressions) {
    try {
      await session.describe(sql`SELECT ${authored(key)} FROM (SELECT ${join(empty)}) AS model_rows`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw fault(
        'model.invalid',
        `${key} cannot be computed from the columns of ${planned.model}: ${error.problem.message}`,
        {
          place: { file: planned.definition.file },
          remedy: 'Mend the expression in its MODEL block.',
        },
      );
    }
  }
}

function keysOf({ kind, partitionedBy }: PlannedModel): readonly string[] {
  if (kind.name === 'INCREMENTAL_BY_TIME_RANGE') return [kind.timeColumn];
  if (kind.name === 'INCREMENTAL_BY_UNIQUE_KEY') return kind.uniqueKey;
  if (kind.name === 'INCREMENTAL_BY_PARTITION') return partitionedBy;
  if (kind.name === 'SCD_TYPE_2_BY_TIME') return [...kind.uniqueKey, kind.updatedAt];
  if (kind.name === 'SCD_TYPE_2_BY_COLUMN')
    return [...kind.uniqueKey, ...(kind.columns ?? []), ...(kind.updatedAt ? [kind.updatedAt] : [])];
  return [];
}

function isName(key: string): boolean {
  const tokens = codeTokens(key);
  return tokens.length === 1 && ['word', 'quoted'].includes(tokens[0]?.kind ?? '');
}

function plain(key: string): string {
  const [token] = codeTokens(key);
  return token ? identifierOf(token) : key;
}

function lacksColumn(planned: PlannedModel, name: string, columns: readonly ColumnType[]): Fault {
  return fault(
    'model.invalid',
    `The query of ${planned.model} gives no column ${name}, which its MODEL block names.`,
    {
      place: { file: planned.definition.file },
      remedy: `Select it, or name another column. The query gives ${columns.map((column) => column.name).join(', ')}.`,
    },
  );
}
