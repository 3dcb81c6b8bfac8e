// Compat cases in the browser: the same steps on duckdb-wasm end in the rows that are expected everywhere.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { extensionUses } from '../../../shared/sql/extensions';
import { readDeviations } from '../../compat/rules/apply-rules';
import { createEvaluator, NotComputable } from '../../compat/rules/evaluator';
import { expectStep, newProgress } from '../../compat/runner/expect-step';
import { type Case, findCases, readCase, type Step } from '../../compat/runner/format';
import { rowDifferences } from '../../compat/runner/row-differences';
import { familyOf, openDatabase, type Rows, relationName, text } from '../../compat/runner/rows';
import { type BrowserWorker, test } from './browser';
import { type Shown, shownNatively } from './native';

const CASES = resolve('test/compat/cases');
const PAGE = 1000;
const all = findCases(CASES, []);
const lacking = new Map(all.map((name) => [name, lackingIn(join(CASES, name))]));
const runnable = all.filter((name) => lacking.get(name)?.length === 0);

/** Functions that a case's files use and the browser has not: those of extensions, but Parquet, which it reads in its own way. */
function lackingIn(dir: string): string[] {
  const files = ['project', 'edits'].flatMap((folder) => Object.entries(filesBelow(join(dir, folder))));
  const texts = files
    .filter(([path]) => path.endsWith('.sql'))
    .map(([, bytes]) => new TextDecoder().decode(bytes));
  const uses = texts.flatMap((one) => extensionUses(one)).filter(({ extension }) => extension !== 'parquet');
  return [...new Set(uses.map(({ name }) => name))];
}

/** Files below a folder by their path in it. */
function filesBelow(folder: string): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  if (!statSync(folder, { throwIfNoEntry: false })) return files;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path);
    if (statSync(file).isFile()) files[relative(folder, file)] = new Uint8Array(readFileSync(file));
  }
  return files;
}

test('the browser can run most of the cases', () => {
  for (const [name, functions] of lacking)
    if (functions.length > 0) console.log(`${name} is not for the browser: it uses ${functions.join(', ')}`);
  expect(runnable.length).toBeGreaterThan(all.length / 2);
});

for (const name of runnable)
  test(`${name} ends in the same rows in the browser`, async ({ worker }) => {
    test.setTimeout(300_000);
    expect(await differencesOf(readCase(join(CASES, name), name), worker)).toEqual([]);
  });

/** Takes the steps of a case in the browser, and beside it works out what must come of them. */
async function differencesOf(given: Case, worker: BrowserWorker): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-compat-web-'));
  const project = join(scratch, 'project');
  const database = await openDatabase(':memory:', project);
  const evaluator = createEvaluator(database.connection, async (model) => {
    throw new NotComputable(`${model} has a macro`);
  });
  const progress = newProgress();
  const browser = inBrowser(worker, `/projects/${given.name}`);
  const found: string[] = [];
  try {
    cpSync(join(given.dir, 'project'), project, { recursive: true });
    await browser.store(filesBelow(join(given.dir, 'project')));
    for (const step of given.steps) {
      if (step.edit !== undefined)
        cpSync(join(given.dir, step.edit), project, { recursive: true, force: true });
      for (const path of step.remove) rmSync(join(project, path));
      if (step.edit !== undefined) await browser.store(filesBelow(join(given.dir, step.edit)));
      await browser.take(step);
      const { open } = await expectStep({ given, step, project, evaluator }, progress, readDeviations());
      found.push(...open);
      for (const relation of Object.keys(step.expect.tables ?? {})) {
        const path = join(scratch, 'expected.parquet');
        const source = progress.world.sources[relation] ?? '';
        await database.connection.run(`COPY (${source}) TO ${text(path)} (FORMAT parquet)`);
        const expected = await shownNatively("FROM read_parquet('$file')", {
          file: new Uint8Array(readFileSync(path)),
        });
        const lines = rowDifferences(plain(expected), await browser.rows(relation));
        found.push(...lines.map((line) => `step ${step.number} ${relation}: ${line}`));
      }
    }
  } finally {
    await browser.close();
    database.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  return found;
}

/** A project in the browser's storage, worked on through the commands of the page's service. */
function inBrowser(worker: BrowserWorker, dir: string) {
  const call = async <T>(id: string, input: object): Promise<T> =>
    (await worker.call<{ output: T }>('call', id, input)).output;
  /** as the command line does: unit tests that fail stop a plan, and one that changes nothing is not carried out */
  const carryOut = async (step: Step): Promise<void> => {
    if (step.options['skip_tests'] !== true) {
      const tests = await call<{ failed: unknown[]; errors: unknown[] }>('test.run', {});
      if (tests.failed.length + tests.errors.length > 0) return;
    }
    const plan = await call<{ id: string; empty: boolean }>('plan.build', inputOf(step));
    if (!plan.empty && step.options['apply'] !== false)
      await call('backfill.start', { plan: plan.id, wait: true });
  };
  return {
    close: () => call<void>('project.close', {}),
    async store(files: Readonly<Record<string, Uint8Array>>): Promise<void> {
      await worker.call<void>(
        'store',
        Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${dir}/${path}`, bytes])),
      );
    },
    /** a step's command; what it refuses or stops at leaves rows too, which are looked at next */
    async take(step: Step): Promise<void> {
      await call('project.close', {}).catch(() => undefined);
      if (step.remove.length > 0)
        await worker.call<void>(
          'remove',
          step.remove.map((path) => `${dir}/${path}`),
        );
      const { problems } = await call<{ problems: { code: string }[] }>('project.open', { dir });
      try {
        if (step.command === 'plan' && !problems.some(({ code }) => /^(model|config|audit)\./.test(code)))
          await carryOut(step);
        if (step.command === 'run') await call('run.execute', inputOf(step));
      } catch (error) {
        if (step.expect.ok && !String(error).includes('plan.refused'))
          console.log(`${dir} step ${step.number}: ${reason(error)}`);
      }
    },
    async rows(relation: string): Promise<Rows> {
      const sql = `SELECT * FROM ${relationName(relation)} ORDER BY ALL`;
      const pages: Shown = { columns: [], rows: [] };
      try {
        for (let offset = 0; ; offset += PAGE) {
          const page = await call<Shown>('query.run', { sql, offset, limit: PAGE });
          Object.assign(pages, { columns: page.columns, rows: [...pages.rows, ...page.rows] });
          if (page.rows.length < PAGE) return plain(pages);
        }
      } catch (error) {
        return { columns: [[reason(error), 'error']], rows: [] };
      }
    },
  };
}

/** The message of a problem that the page's service threw. */
function reason(error: unknown): string {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(String(error))?.[1] ?? String(error).slice(0, 200);
}

/** What options of a step are called as inputs of the service; the others are called alike, in camel case. */
const INPUTS: Readonly<Record<string, string>> = {
  env: 'environment',
  restate_models: 'restate',
  allow_destructive_models: 'allowDestructive',
  allow_additive_models: 'allowAdditive',
};
const NO_INPUTS = new Set(['apply', 'no_gaps']);

function inputOf({ command, options }: Step): object {
  const given = Object.entries(options).filter(([name, value]) => !NO_INPUTS.has(name) && value !== null);
  const nameOf = (name: string) => {
    if (name === 'select_models') return command === 'run' ? 'select' : 'models';
    return INPUTS[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  };
  return { environment: 'prod', ...Object.fromEntries(given.map(([name, value]) => [nameOf(name), value])) };
}

/** Rows as both engines hand them on: doubles as numbers, integers as such, all else as its text. */
function plain({ columns, rows }: Shown): Rows {
  const families = columns.map(({ type }) => familyOf(type));
  return {
    columns: columns.map(({ name }, index) => [name, families[index] ?? '']),
    wide: columns.flatMap(({ type }, index) => (/^U?HUGEINT$/.test(type) ? [index] : [])),
    rows: rows.map((row) =>
      row.map((value, index) => {
        if (value === null) return null;
        if (families[index] === 'integer') return `integer ${value}`;
        return families[index] === 'double' ? Number(value) : `text ${JSON.stringify(value)}`;
      }),
    ),
  };
}
