import { Fault, fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import type { ModelKind } from '../project/model';
import { codeTokens } from '../sql/lexer';
import { expression } from '../sql/reserved';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { applyEdits, type Edit } from '../sql/text';
import { type PreparedModel, type RunContext, renderPart } from './context';
import { addRows, type Held, heldRows, removeRows } from './held';
import { scopesOf } from './statements';

type KeyedKind = Extract<ModelKind, { name: 'INCREMENTAL_BY_UNIQUE_KEY' }>;

/** New rows of a batch that are merged by the author's own rules. */
export interface MergeWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly model: PreparedModel;
  readonly index: number;
  readonly batch: Interval;
  readonly held: Held;
  readonly kind: KeyedKind;
  readonly query: Sql;
}

const BEFORE = sql`temp.main.teal_before`;
const TARGET = sql`temp.main.teal_target`;
const SOURCE = sql`temp.main.teal_source`;

/**
 * Merges the new rows as the author's clauses say, in a copy of the rows that they can meet, and writes what differs; so older
 * versions in the same table stay readable.
 */
export async function mergeRows(work: MergeWork): Promise<number> {
  const { session, held, kind } = work;
  const clauses = clausesOf(work);
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_source AS ${sourceRows(work)}`);
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_before AS ${targetRows(work, clauses)}`);
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_target AS SELECT * FROM ${BEFORE}`);
  const same = kind.uniqueKey.map((_, index) => sql`target.${keyName(index)} = source.${keyName(index)}`);
  const filter = kind.mergeFilter === null ? [] : [sql`(${rewritten(work, kind.mergeFilter)})`];
  try {
    await session.run(
      sql`MERGE INTO ${TARGET} AS target USING ${SOURCE} AS source ON ${join([...filter, ...same], ' AND ')} ${clauses}`,
    );
  } catch (error) {
    throw mergeFault(work.model.planned, error);
  }
  const names = held.columns.map((column) => column.name);
  const row = (table: string) => sql`row(${columnList(names, table)})`;
  const kept = sql`SELECT teal_row FROM ${BEFORE} AS was JOIN ${TARGET} AS now USING (teal_row) WHERE ${row('was')} IS NOT DISTINCT FROM ${row('now')}`;
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_kept AS ${kept}`);
  const unchanged = sql`SELECT teal_row FROM temp.main.teal_kept`;
  await removeRows(session, held, sql`SELECT teal_row FROM ${BEFORE} WHERE teal_row NOT IN (${unchanged})`);
  const written = await addRows(
    session,
    held,
    sql`SELECT * FROM ${TARGET} WHERE teal_row IS NULL OR teal_row NOT IN (${unchanged})`,
  );
  await session.run(
    sql`DROP TABLE ${BEFORE}; DROP TABLE ${TARGET}; DROP TABLE ${SOURCE}; DROP TABLE temp.main.teal_kept`,
  );
  return written;
}

/** The new rows with their keys; a key that occurs several times counts once, a key with a NULL meets nothing and always counts. */
function sourceRows({ kind, query }: MergeWork): Sql {
  const names = join(kind.uniqueKey.map((_, index) => keyName(index)));
  const rows = sql`SELECT CAST(NULL AS BIGINT) AS teal_row, *, ${keysOf(kind)} FROM (${query}) AS batch_rows`;
  const none = join(
    kind.uniqueKey.map((_, index) => sql`${keyName(index)} IS NULL`),
    ' OR ',
  );
  return sql`WITH keyed AS MATERIALIZED (${rows})
SELECT DISTINCT ON (${names}) * FROM keyed WHERE NOT (${none}) UNION ALL SELECT * FROM keyed WHERE ${none}`;
}

function targetRows({ held, kind }: MergeWork, clauses: Sql): Sql {
  const rows = sql`SELECT *, ${keysOf(kind)} FROM (${heldRows(held)}) AS held_rows`;
  if (/\bby\s+source\b/i.test(clauses.text)) return rows;
  const names = join(kind.uniqueKey.map((_, index) => keyName(index)));
  return sql`SELECT * FROM (${rows}) AS keyed SEMI JOIN ${SOURCE} AS source USING (${names})`;
}

function keysOf(kind: KeyedKind): Sql {
  return join(kind.uniqueKey.map((key, index) => sql`(${expression(key)}) AS ${keyName(index)}`));
}

function keyName(index: number): Sql {
  return id(`teal_key_${index}`);
}

/** The author's clauses, else that a row of the same key is updated; a row that nothing else takes is inserted. */
function clausesOf(work: MergeWork): Sql {
  const { held, kind } = work;
  const names = held.columns.map((column) => column.name);
  const update = sql`WHEN MATCHED THEN UPDATE SET ${join(names.map((name) => sql`${id(name)} = source.${id(name)}`))}`;
  const own = kind.whenMatched === null ? update : rewritten(work, outerStripped(kind.whenMatched));
  return sql`${own} WHEN NOT MATCHED THEN INSERT (${columnList(names)}) VALUES (${columnList(names, 'source')})`;
}

/** A text over `source` and `target` with its macros expanded; what is set is named without its table, as the engine wants it. */
function rewritten(work: MergeWork, query: string): Sql {
  const { context, model, index, batch } = work;
  const { planned } = model;
  const { definition } = planned;
  const scope = scopesOf(model, index).query;
  const part = { model: planned.model, file: definition.file, text: { ...definition, query } };
  const { text } = renderPart(context, part, { planned, batch, scope });
  return authored(applyEdits(text, tableEdits(text)));
}

function tableEdits(text: string): readonly Edit[] {
  const tokens = codeTokens(text);
  const edits: Edit[] = [];
  let cases = 0;
  let inSet = false;
  tokens.forEach((token, index) => {
    const word = token.text.toLowerCase();
    if (word === 'case') cases++;
    else if (word === 'end') cases--;
    else if (cases === 0 && (word === 'set' || word === 'when')) inSet = word === 'set';
    if (/^__merge_(source|target)__$/.test(word))
      edits.push({ start: token.start, end: token.end, text: word.slice(8, -2) });
    const column = tokens[index + 2];
    const isSet = tokens[index + 1]?.text === '.' && tokens[index + 3]?.text === '=';
    const before = tokens[index - 1]?.text.toLowerCase() ?? '';
    if (word === 'target' && column && isSet && inSet && cases === 0 && (before === 'set' || before === ','))
      edits.push({ start: token.start, end: column.start, text: '' });
  });
  return edits;
}

function outerStripped(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : trimmed;
}

function mergeFault(planned: PlannedModel, error: unknown): unknown {
  if (!(error instanceof Fault) || error.problem.code === 'cancelled') return error;
  return fault('model.invalid', `The merge of ${planned.model} cannot run: ${error.problem.message}`, {
    place: { file: planned.definition.file, model: planned.model },
    remedy: 'Mend when_matched or merge_filter in its MODEL block.',
  });
}
