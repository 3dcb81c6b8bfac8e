import { Fault, fault } from '../base/errors';
import { PROD } from '../base/names';
import { toIso } from '../base/time';
import { compareTable } from '../compare/compare-table';
import type { Pair, Side, TableComparison } from '../compare/types';
import { verdictOf } from '../compare/verdict';
import type { Session } from '../engine/contract';
import type { CallContext } from '../protocol/port';
import type { CommandRequest } from '../protocol/table';
import type { Comparison } from '../protocol/views/compare';
import type { ColumnType } from '../release/types';
import { codeTokens } from '../sql/lexer';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { closingIndex, identifierOf } from '../sql/text';
import {
  comparisonView,
  diffTable,
  keepComparison,
  modelsOf,
  modelView,
  pairOf,
  stateOf,
} from './comparisons';
import { readingAs } from './reading';
import type { Workspace } from './workspace';

type Request = CommandRequest<'tables.compare'>;

interface Work {
  readonly request: Request;
  readonly id: string;
  readonly context: CallContext;
}

/** Compares the models of two environments, or two tables, over the rows, columns and decimals that are asked for. */
export async function diffTables(
  workspace: Workspace,
  request: Request,
  context: CallContext,
): Promise<Comparison> {
  checkCondition(request.where);
  const state = await workspace.state();
  const isEnvironment = (name: string) => name === PROD || state.environments.has(name);
  const work = {
    request,
    context,
    id: `t${workspace.platform.sha256(JSON.stringify(request)).slice(0, 10)}`,
  };
  const started = workspace.platform.now();
  const asStates = (request.models?.length ?? 0) > 0 || [request.old, request.new].some(isEnvironment);
  const found = asStates ? await diffStates(workspace, work) : await diffNamed(workspace, work);
  const comparison: Comparison = {
    id: work.id,
    old: request.old,
    new: request.new,
    oldRelease: null,
    at: toIso(started),
    seconds: (workspace.platform.now() - started) / 1000,
    verdict: verdictOf(found.tables, []),
    models: found.views,
    expectations: [],
  };
  await keepComparison(workspace, comparison);
  return comparison;
}

interface Found {
  readonly tables: readonly TableComparison[];
  readonly views: Comparison['models'];
}

async function diffStates(workspace: Workspace, { request, id: name, context }: Work): Promise<Found> {
  const state = await workspace.state();
  const [old, current] = [stateOf(state, request.old), stateOf(state, request.new)];
  const names = modelsOf(old, current, request.models);
  const tables: TableComparison[] = [];
  await workspace.read(async (session) => {
    for (const [index, model] of names.entries()) {
      context.progress(`Comparing ${model}`, index, names.length);
      const pair = pairOf(model, { old, current, id: name, key: request.on });
      tables.push(await compareTable(session, narrowed(pair, request), context.signal));
    }
  });
  return { tables, views: tables.map((table) => modelView(table, old, current)) };
}

async function diffNamed(workspace: Workspace, { request, id: name, context }: Work): Promise<Found> {
  return readingAs(workspace, PROD, async (session) => {
    const [old, current] = [await sideOf(session, request.old), await sideOf(session, request.new)];
    const key = request.on ?? [];
    const pair: Pair = {
      model: request.new,
      old,
      new: current,
      key,
      keySource: key.length > 0 ? 'given' : 'none',
      table: diffTable(name, request.new),
    };
    const table = await compareTable(session, narrowed(pair, request), context.signal);
    return { tables: [table], views: [comparisonView(table)] };
  });
}

async function sideOf(session: Session, name: string): Promise<Side> {
  const tokens = codeTokens(name);
  const parts = tokens.filter((_, index) => index % 2 === 0);
  const dotted = tokens.every((token, index) =>
    index % 2 === 1 ? token.text === '.' : token.kind === 'word' || token.kind === 'quoted',
  );
  if (parts.length === 0 || tokens.length % 2 === 0 || !dotted)
    throw fault('usage.invalid', `${name || 'An empty text'} is no environment and no table's name.`, {
      remedy: 'teal table_diff prod:dev MODEL, or SCHEMA.TABLE:SCHEMA.TABLE.',
    });
  const relation = id(...parts.map(identifierOf));
  try {
    const columns = await session.describe(sql`SELECT * FROM ${relation}`);
    return { relation, columns, time: null, version: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw fault('compare.invalid', `There is no environment and no table ${name}.`, {
      kept: 'Nothing was compared.',
      remedy: 'teal environments lists environments.',
      cause: error.problem.message,
    });
  }
}

/** Both sides with only the rows, columns and decimals that are compared. */
function narrowed(pair: Pair, request: Request): Pair {
  const unknown = [...pair.key, ...(request.skipColumns ?? [])].find(
    (name) => ![pair.old, pair.new].some((side) => side?.columns.some((column) => isNamed(column, name))),
  );
  if (unknown !== undefined && (request.on?.includes(unknown) || request.skipColumns?.includes(unknown)))
    throw fault('usage.invalid', `${pair.model} has no column ${unknown} on either side.`, {
      kept: 'Nothing was compared.',
    });
  const old = pair.old && narrowedSide(pair.old, request, request.ignoreCase ? pair.new : null);
  return { ...pair, old, new: pair.new && narrowedSide(pair.new, request, null) };
}

function narrowedSide(side: Side, request: Request, spelledAs: Side | null): Side {
  const skipped = request.skipColumns ?? [];
  const kept = side.columns.filter((column) => !skipped.some((name) => isNamed(column, name)));
  const columns = kept.map((column) => ({
    column,
    name: spelledAs?.columns.find((other) => isNamed(other, column.name))?.name ?? column.name,
  }));
  const list = columns.map(
    ({ column, name }) => sql`${comparedValue(column, request.decimals)} AS ${id(name)}`,
  );
  const where = request.where === undefined ? sql`` : sql` WHERE (${authored(request.where)})`;
  return {
    ...side,
    relation: sql`(SELECT ${join(list)} FROM ${side.relation}${where})`,
    columns: columns.map(({ column, name }) => ({ ...column, name })),
  };
}

function comparedValue(column: ColumnType, decimals: number): Sql {
  return column.type === 'DOUBLE' || column.type === 'FLOAT'
    ? sql`round(${id(column.name)}, ${decimals})`
    : id(column.name);
}

function isNamed(column: ColumnType, name: string): boolean {
  return column.name.toLowerCase() === name.toLowerCase();
}

/** A condition stands in brackets of its own: one that would close them, or begin another statement, is refused. */
function checkCondition(where: string | undefined): void {
  if (where === undefined) return;
  const tokens = codeTokens(`(${where}\n)`);
  const whole = closingIndex(tokens, 0) === tokens.length - 1 && tokens.length > 2;
  if (whole && !tokens.some((token) => token.kind === 'broken' || token.text === ';')) return;
  throw fault('usage.invalid', `--where takes one condition, not ${where === '' ? 'nothing' : where}.`, {
    kept: 'Nothing was compared.',
  });
}
