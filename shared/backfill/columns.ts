import { Fault, fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import { headOf, versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import { isIncremental } from '../project/model';
import type { ColumnType } from '../release/types';
import { FROM_NUMBER, TO_NUMBER } from '../release/views';
import { keepsValues, sameType } from '../sql/column-types';
import { codeTokens } from '../sql/lexer';
import { expression } from '../sql/reserved';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { identifierOf, splitAtCommas } from '../sql/text';
import type { RunCatalog } from './catalog';
import type { RunContext } from './context';
import { behindStatements, draftScope, hasStatements, namesItself, readsItself } from './statements';

export interface ColumnWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly planned: PlannedModel;
  readonly batch: Interval;
}

/** The columns of a model's table, and those of them that its query gives. */
export interface TableColumns {
  readonly columns: readonly ColumnType[];
  readonly given: readonly string[];
}

/**
 * The columns that a planned model's table will have: what its query gives, as declared, and what its kind adds. A table that goes
 * on keeps the order of its columns, new ones at the end.
 */
export async function describeRows(work: ColumnWork, query: Sql): Promise<TableColumns> {
  const { context, planned } = work;
  const found = named(planned, query, await describeQuery(work, query));
  const own = found.find((column) => [FROM_NUMBER, TO_NUMBER].includes(column.name.toLowerCase()));
  if (own)
    throw fault(
      'model.invalid',
      `A column of ${planned.model} is named ${own.name}, which Teal keeps for itself.`,
      { remedy: 'Give it another name.' },
    );
  const columns = withManaged(planned, inDeclaredOrder(planned, inTextOrder(planned.columnNames, found)));
  const base = headOf(context.state, planned.model, planned.line);
  return {
    columns: base && goesOn(planned, base.fingerprint) ? altered(planned, base.columns, columns) : columns,
    given: found.map((column) => column.name.toLowerCase()),
  };
}

/** Columns under the names that SQLMesh gives them: numbered where the text gives none. */
function named(planned: PlannedModel, query: Sql, found: readonly ColumnType[]): readonly ColumnType[] {
  const names = planned.columnNames;
  if (names?.length !== found.length) return namedAsWritten(query, found);
  const stars = areSame(
    names,
    found.map((column) => column.name.toLowerCase()),
  );
  return found.map((column, index) => ({
    ...column,
    name: (stars ? column.name.toLowerCase() : names[index]) ?? column.name,
  }));
}

/** A star gives the columns of a table that was altered in that table's order; the model's own is that of its parents' queries. */
function inTextOrder(names: readonly string[] | null, found: readonly ColumnType[]): readonly ColumnType[] {
  if (
    !names ||
    !areSame(
      names,
      found.map((column) => column.name),
    )
  )
    return found;
  return names.flatMap((name) => found.filter((column) => column.name === name));
}

function areSame(left: readonly string[], right: readonly string[]): boolean {
  return (
    left.length === right.length &&
    new Set([...left, ...right]).size === new Set(left).size &&
    new Set(left).size === left.length
  );
}

/** As in SQLMesh, a name that stands in the text is in lower case, quoted or not; one that a star brings is as it is. */
function namedAsWritten(query: Sql, found: readonly ColumnType[]): readonly ColumnType[] {
  if (found.every((column) => column.name === column.name.toLowerCase())) return found;
  const written = new Set(codeTokens(query.text).map((token) => identifierOf(token).toLowerCase()));
  return found.map((column) => {
    const name = column.name.toLowerCase();
    return written.has(name) ? { ...column, name } : column;
  });
}

function goesOn({ kind, target, entries, fingerprint }: PlannedModel, before: string): boolean {
  if (!isIncremental(kind)) return false;
  const builds = target !== null && target.mode !== 'new';
  return builds || before === fingerprint || entries.some((entry) => entry.segment !== target?.table);
}

/**
 * The columns of a table after a change, as if it had been altered: new ones stand at the end, behind them those of another type, which
 * are dropped and made anew. A kind may ask to leave some changes out.
 */
function altered(
  { kind }: PlannedModel,
  before: readonly ColumnType[],
  wanted: readonly ColumnType[],
): readonly ColumnType[] {
  const rules = isIncremental(kind) ? kind : undefined;
  const keepsAll = rules?.onDestructiveChange === 'ignore';
  const addsNone = rules?.onAdditiveChange === 'ignore';
  const byName = new Map(wanted.map((column) => [column.name.toLowerCase(), column]));
  const known = new Set(before.map((column) => column.name.toLowerCase()));
  const added = addsNone ? [] : wanted.filter((column) => !known.has(column.name.toLowerCase()));
  const kept: ColumnType[] = [];
  const remade: ColumnType[] = [];
  for (const column of before) {
    const now = byName.get(column.name.toLowerCase());
    if (!now) kept.push(...(keepsAll ? [column] : []));
    else if (sameType(column.type, now.type)) kept.push(column);
    else if (keepsValues(column.type, now.type)) kept.push(addsNone ? column : { ...now, name: column.name });
    else if (keepsAll) kept.push(column);
    else remade.push({ ...now, name: column.name });
  }
  return [...kept, ...added, ...remade];
}

function asDeclared(planned: PlannedModel, found: readonly ColumnType[]): readonly ColumnType[] {
  const types = new Map(planned.declaredColumns.map((column) => [column.name.toLowerCase(), column.type]));
  return found.map(({ name, type }) => ({ name, type: types.get(name.toLowerCase()) ?? type }));
}

/** A table has the declared columns in their order and no others; a view's declared names go to its query's columns one by one. */
function inDeclaredOrder(planned: PlannedModel, found: readonly ColumnType[]): readonly ColumnType[] {
  if (planned.declaredColumns.length === 0) return found;
  if (planned.kind.name === 'VIEW')
    return found.map(({ name, type }, index) => ({
      name: planned.declaredColumns[index]?.name ?? name,
      type,
    }));
  const byName = new Map(asDeclared(planned, found).map((column) => [column.name.toLowerCase(), column]));
  return planned.declaredColumns.flatMap(({ name }) => {
    const column = byName.get(name.toLowerCase());
    if (!column && !managedOf(planned).includes(name)) throw lacksColumn(planned, name, found);
    return column ? [column] : [];
  });
}

/** The two columns that say when a row held, where a model keeps the history of its rows. */
export function managedOf({ kind }: Pick<PlannedModel, 'kind'>): readonly string[] {
  return 'validFrom' in kind ? [kind.validFrom, kind.validTo] : [];
}

/** A model that keeps the history of its rows has two more columns, and compares moments of their type. */
function withManaged(planned: PlannedModel, columns: readonly ColumnType[]): readonly ColumnType[] {
  const { kind } = planned;
  if (kind.name !== 'SCD_TYPE_2_BY_TIME' && kind.name !== 'SCD_TYPE_2_BY_COLUMN') return columns;
  const managed = managedOf(planned);
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
  if (namesItself(planned)) await bindDraft(work, query);
  if (!hasStatements(planned)) return readsItself(planned) ? settle(work, query) : session.describe(query);
  const scope = draftScope(planned, catalog.columnsOf);
  return behindStatements({ context, session, planned, batch, scope }, () => session.describe(query));
}

/** Gives a model that reads itself empty rows to read: of the version before, as declared, else of the names that it selects. */
async function bindDraft(work: ColumnWork, query: Sql): Promise<void> {
  const { context, planned } = work;
  const base =
    headOf(context.state, planned.model, planned.line) ??
    versionOf(context.state, planned.model, planned.base);
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
      await session.describe(sql`SELECT ${expression(key)} FROM (SELECT ${join(empty)}) AS model_rows`);
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
