import { fault } from '../base/errors';
import { numberOf, type Row, textOf } from '../base/rows';
import type { CommonColumn } from '../compare/layout';
import { storedDiffers } from '../compare/statements';
import type { Engine, Session } from '../engine/contract';
import { withSession } from '../engine/contract';
import { parseMoment } from '../project/moment';
import type { CommandRequest } from '../protocol/table';
import type { DiffPage, DiffRow, ModelComparison, RowKind } from '../protocol/views/compare';
import { id, join, type Sql, sql } from '../sql/sql';

type Request = CommandRequest<'compare.rows'>;

/** One page of the differing rows of a model, filtered by kind, column and time; rows stand in order of time and key. */
export async function diffRows(
  engine: Engine,
  table: string,
  model: ModelComparison,
  request: Request,
): Promise<DiffPage> {
  const counts = model.counts;
  const columns = model.columns.map((column) => ({ name: column.name, type: column.type }));
  const none = { columns, key: model.key, rows: [], offset: request.offset, total: 0 };
  if (
    counts.added + counts.removed + counts.changed === 0 ||
    model.status === 'added' ||
    model.status === 'removed'
  )
    return none;
  return withSession(engine, 'interactive', async (session) => {
    const common = await commonColumns(session, table, model);
    const where = join(conditions(request, common), ' AND ');
    const relation = id('teal_diff', table);
    const order = join([
      sql`part NULLS LAST`,
      ...(model.key.length > 0
        ? model.key.map((key) => sql`coalesce(${id(`new_${key}`)}, ${id(`old_${key}`)})`)
        : [sql`kind`]),
    ]);
    const flags = common.map((column, index) => sql`${storedDiffers(column)} AS ${id(`d${index}`)}`);
    const [total] = await session.rows(sql`SELECT count(*) AS n FROM ${relation} WHERE ${where}`);
    const rows = await session.rows(
      sql`SELECT *, ${join(flags)} FROM ${relation} WHERE ${where} ORDER BY ${order} LIMIT ${request.limit} OFFSET ${request.offset}`,
    );
    return {
      ...none,
      rows: rows.map((row) => rowView(row, common)),
      total: total ? numberOf(total, 'n') : 0,
    };
  });
}

async function commonColumns(
  session: Session,
  table: string,
  model: ModelComparison,
): Promise<readonly CommonColumn[]> {
  const stored = await session.describe(sql`SELECT * FROM ${id('teal_diff', table)}`);
  const types = new Map(stored.map((column) => [column.name, column.type]));
  return model.columns.map((column) => {
    const old = types.get(`old_${column.name}`);
    if (old === undefined)
      throw fault('compare.not_found', 'The differing rows of this comparison are no longer kept.', {
        remedy: 'Compare again.',
      });
    return { name: column.name, old, new: types.get(`new_${column.name}`) ?? old };
  });
}

function conditions(request: Request, common: readonly CommonColumn[]): readonly Sql[] {
  const kinds =
    request.kinds && request.kinds.length > 0
      ? [sql`kind IN (${join(request.kinds.map((kind) => sql`${kind}`))})`]
      : [];
  const column =
    request.column === undefined ? undefined : common.find((candidate) => candidate.name === request.column);
  if (request.column !== undefined && !column)
    throw fault('usage.invalid', `There is no column ${request.column} to filter by.`);
  const byColumn = column ? [sql`kind = 'changed' AND ${storedDiffers(column)}`] : [];
  const from = request.from === undefined ? [] : [sql`part >= ${moment(request.from)}`];
  const to = request.to === undefined ? [] : [sql`part < ${moment(request.to)}`];
  return [sql`true`, ...kinds, ...byColumn, ...from, ...to];
}

function moment(text: string): Date {
  const time = parseMoment(text);
  if (time === null) throw fault('usage.invalid', `${text} is not a time.`);
  return new Date(time);
}

function rowView(row: Row, common: readonly CommonColumn[]): DiffRow {
  const kind = textOf(row, 'kind') as RowKind;
  const side = (prefix: string) => common.map((column) => row[`${prefix}_${column.name}`] ?? null);
  const changed =
    kind === 'changed'
      ? common.filter((_, index) => row[`d${index}`] === true).map((column) => column.name)
      : [];
  return {
    kind,
    old: kind === 'added' ? null : side('old'),
    new: kind === 'removed' ? null : side('new'),
    changed,
  };
}
