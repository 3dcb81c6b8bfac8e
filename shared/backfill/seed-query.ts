import { fault, type Place } from '../base/errors';
import { textOf } from '../base/rows';
import { EngineFault, type Session } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import { columnList, id, join, type Sql, sql } from '../sql/sql';
import { positionOf } from '../sql/text';
import type { RunContext } from './context';
import { type Guess, guessColumn, guessedType, type SeedColumn, seedValue } from './seed-column';
import { readCsv, readCsvSettings } from './seed-csv';

const CHUNK = 1000;

/**
 * Reads a SEED's file as SQLMesh does, through the eyes of pandas, into a temporary table of this session, and gives the query of
 * its rows: columns that the model declares, under their types, else all, under those that pandas takes them for.
 */
export async function seedQuery(context: RunContext, session: Session, planned: PlannedModel): Promise<Sql> {
  const settings = readCsvSettings(planned.kind.name === 'SEED' ? planned.kind.csv : {});
  const { header, rows, flaw } = readCsv(await contentOf(context, session, planned), settings);
  const file = planned.seed ?? planned.definition.file;
  if (flaw)
    throw fault('model.invalid', `${file} cannot be read: ${flaw.message}`, {
      place: { file, line: flaw.line, column: 1, model: planned.model },
      remedy: 'Mend that line; values that hold a delimiter or a quote need quotes around them.',
    });
  const columns = new Map(
    header.map((name, index) => [
      name,
      guessColumn(
        name,
        rows.map((row) => row[index] ?? null),
        settings,
      ),
    ]),
  );
  const declared = planned.declaredColumns;
  const lacking = declared.find((column) => !columns.has(column.name.toLowerCase()));
  if (lacking)
    throw fault('model.invalid', `The file of ${planned.model} has no column ${lacking.name}.`, {
      place: { file, line: 1, column: 1, model: planned.model },
      remedy: `Add it, or take it out of the MODEL block. The file has ${header.join(', ') || 'no columns'}.`,
    });
  await loadCells(session, columns);
  const wanted =
    declared.length > 0
      ? declared.map((column) => ({ ...column, name: column.name.toLowerCase() }))
      : header.map((name) => ({ name, type: guessedType(guessIn(columns, name)) }));
  const values = wanted.map(
    ({ name, type }) =>
      sql`${cellValue(name, guessIn(columns, name), { type, declared: declared.length > 0 })} AS ${id(name)}`,
  );
  return sql`SELECT ${join(values)} FROM temp.main.teal_seed`;
}

function cellValue(name: string, guess: Guess, column: { type: string; declared: boolean }): Sql {
  return guess === 'flags' && !column.declared
    ? sql`lower(${id(name)})`
    : seedValue(name, guess, column.type);
}

function guessIn(columns: ReadonlyMap<string, SeedColumn>, name: string): Guess {
  return columns.get(name)?.guess ?? 'text';
}

async function contentOf(context: RunContext, session: Session, planned: PlannedModel): Promise<string> {
  const file = planned.seed ?? '';
  const path = context.resolvePath(file);
  const [row] = await session.rows(sql`SELECT content FROM read_text(${path})`).catch((error: unknown) => {
    if (!(error instanceof EngineFault)) throw error;
    throw fault('source.file_missing', `${file} cannot be read as text: ${error.problem.message}`, {
      place: { file, line: 1, column: 1, model: planned.model },
      remedy: 'Save it as UTF-8.',
    });
  });
  if (row) return textOf(row, 'content');
  throw fault('source.file_missing', `The file of ${planned.model}, ${file}, is not there.`, {
    place: seedPlace(context, planned),
    remedy: 'Put it there, or correct the path; it is told from where the model lies.',
  });
}

/** Where a MODEL block names its seed's file. */
function seedPlace(context: RunContext, { model, kind, definition }: PlannedModel): Place {
  const text = context.queryStart(model)?.text ?? '';
  const at = kind.name === 'SEED' ? text.indexOf(kind.path) : -1;
  return { file: definition.file, model, ...(at < 0 ? {} : positionOf(text, at)) };
}

async function loadCells(session: Session, columns: ReadonlyMap<string, SeedColumn>): Promise<void> {
  const names = [...columns.keys()];
  const cells = [...columns.values()].map((column) => column.cells);
  await session.run(
    sql`CREATE OR REPLACE TEMP TABLE teal_seed (${join(names.map((name) => sql`${id(name)} VARCHAR`))})`,
  );
  const count = cells[0]?.length ?? 0;
  for (let at = 0; at < count; at += CHUNK) {
    const rows = Array.from(
      { length: Math.min(CHUNK, count - at) },
      (_, row) => sql`(${join(cells.map((column) => sql`${column[at + row] ?? null}`))})`,
    );
    await session.run(sql`INSERT INTO temp.main.teal_seed (${columnList(names)}) VALUES ${join(rows)}`);
  }
}
