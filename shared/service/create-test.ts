import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { Model } from '../project/model';
import type { CommandOutput, CommandRequest } from '../protocol/table';
import { cteQuery, prepareTest, readRows } from '../quality/run-test';
import type { TestTable } from '../quality/test-case';
import type { ActualRows } from '../quality/test-compare';
import { TestMoment, type TestRow, type TestValue } from '../quality/test-values';
import { writeTest } from '../quality/write-test';
import { readWith } from '../sql/ctes';
import { authored } from '../sql/sql';
import { findModel } from './models';
import { readingAs } from './reading';
import { inCatalog, onScratch, testedModel } from './tests';
import type { Workspace } from './workspace';

type Request = CommandRequest<'test.create'>;

/** Writes a unit test whose inputs are rows of what is live, and whose outputs are what the model makes of them now. */
export async function createTest(
  workspace: Workspace,
  request: Request,
): Promise<CommandOutput<'test.create'>> {
  const found = findModel(workspace.code, request.model.toLowerCase());
  if ('problem' in found)
    throw fault('model.invalid', `${found.name} cannot be read as it stands.`, {
      place: { file: found.file },
    });
  const name = request.name ?? `test_${found.name.split('.').at(-1) ?? found.name}`;
  const file = testPath(request.path ?? `${name}.yaml`);
  if (!request.overwrite && workspace.code.files.has(file))
    throw fault('test.exists', `${file} is already there.`, {
      kept: 'It was left as it is.',
      remedy: 'Pass --overwrite to replace it, or another --path.',
    });
  const inputs = await readInputs(workspace, request);
  const outputs = await makeOutputs(workspace, found, { request, inputs, file });
  const variables = request.variables ?? {};
  const text = writeTest({ name, model: found.name, inputs, ...outputs, variables });
  await workspace.folder.writeText(file, text);
  await workspace.reload();
  return { file, test: name, text };
}

function testPath(path: string): string {
  const parts = path.split(/[/\\]/);
  if (path.startsWith('/') || parts.includes('..'))
    throw fault('usage.invalid', `${path} leads out of the folder of the tests.`, {
      kept: 'Nothing was written.',
      remedy: 'Give a path relative to tests/.',
    });
  return `tests/${parts.join('/')}${/\.ya?ml$/i.test(path) ? '' : '.yaml'}`;
}

async function readInputs(workspace: Workspace, request: Request): Promise<ReadonlyMap<string, ActualRows>> {
  const inputs = new Map<string, ActualRows>();
  for (const [given, query] of Object.entries(request.queries)) {
    const name = given.replaceAll('"', '').toLowerCase();
    inputs.set(name, await readingAs(workspace, PROD, (session) => readRows(session, authored(query))));
  }
  return inputs;
}

interface Making {
  readonly request: Request;
  readonly inputs: ReadonlyMap<string, ActualRows>;
  readonly file: string;
}

function makeOutputs(
  workspace: Workspace,
  model: Model,
  { request, inputs, file }: Making,
): Promise<{ query: ActualRows; ctes: ReadonlyMap<string, ActualRows> }> {
  const tables = new Map([...inputs].map(([name, rows]) => [name, asTable(rows, file)]));
  return onScratch(workspace, (scratch) =>
    inCatalog(scratch, 'test_new', async (session) => {
      const tested = testedModel(workspace, model, request.variables ?? {});
      const bench = { session, columnsOf: (name: string) => scratch.types.columnsOf(name) };
      const text = await prepareTest({ inputs: tables, place: { file } }, tested, bench);
      const ctes = new Map<string, ActualRows>();
      const names = request.includeCtes ? (readWith(text)?.ctes.map((cte) => cte.name) ?? []) : [];
      for (const cte of names) ctes.set(cte, await readRows(session, cteQuery(text, cte, model.name).query));
      return { query: await readRows(session, authored(text)), ctes };
    }),
  );
}

function asTable({ columns, rows }: ActualRows, file: string): TestTable {
  const names = columns.map((column) => column.name.toLowerCase());
  return {
    rows: rows.map(
      (row): TestRow =>
        Object.fromEntries(
          names.map((name, index) => [name, asValue(row[index], columns[index]?.type ?? '')]),
        ),
    ),
    query: null,
    columns: Object.fromEntries(columns.map((column) => [column.name.toLowerCase(), column.type])),
    partial: false,
    place: { file },
  };
}

function asValue(value: unknown, type: string): TestValue {
  if (value === undefined || value === null) return null;
  return /^(DATE|TIMESTAMP)/i.test(type) ? new TestMoment(String(value)) : (value as TestValue);
}
