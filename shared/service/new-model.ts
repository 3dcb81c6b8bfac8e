import { fault } from '../base/errors';
import { authored, id, join, sql } from '../sql/sql';
import type { Workspace } from './workspace';

/** Adds a model's file with a query that runs as it stands: all columns of what it reads, or one constant. */
export async function createModel(
  workspace: Workspace,
  given: string,
  from: string | undefined,
): Promise<void> {
  const name = given.trim().toLowerCase();
  if (!/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(name))
    throw fault('model.invalid', `A model's name is schema.table in lower case, not ${given}.`, {
      kept: 'No file was written.',
    });
  if (name.startsWith('raw.') || name.startsWith('teal'))
    throw fault('model.invalid', `The schema of ${name} is kept for Teal.`, { kept: 'No file was written.' });
  const { project } = workspace.code;
  if (project.models.has(name) || project.broken.some((model) => model.name === name))
    throw fault('model.duplicate', `There is a model ${name} already.`, { kept: 'No file was written.' });
  const [schema = '', table = ''] = name.split('.');
  const file = `models/${schema}/${table}.sql`;
  if (workspace.code.files.has(file))
    throw fault('project.exists', `The file ${file} is there already.`, {
      place: { file },
      kept: 'It was left as it is.',
    });
  await workspace.folder.writeText(
    file,
    `MODEL (\n  name ${name},\n  kind FULL\n);\n\n${await firstQuery(workspace, from)}\n`,
  );
  await workspace.reload();
}

async function firstQuery(workspace: Workspace, from: string | undefined): Promise<string> {
  if (from === undefined) return 'SELECT\n  1 AS id';
  const columns = (await columnsOf(workspace, from)).map((column) => authored(`  ${plain(column)}`));
  return sql`SELECT\n${join(columns, ',\n')}\nFROM ${authored(from)}`.text;
}

async function columnsOf(workspace: Workspace, from: string): Promise<readonly string[]> {
  const [schema = '', table = ''] = from.split('.');
  const described = await workspace.read((session) =>
    session.describe(sql`SELECT * FROM ${id(schema, table)}`),
  );
  return described.map((column) => column.name);
}

function plain(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : id(name).text;
}
