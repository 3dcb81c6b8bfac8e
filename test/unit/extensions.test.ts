import { expect, test } from 'vitest';
import { withoutLacking } from '../../shared/project/lacking';
import { loadProject } from '../../shared/project/load';
import { renderText } from '../../shared/project/render';
import { currentDates, extensionUses } from '../../shared/sql/extensions';

const browser = { json: false, icu: false, parquet: false };

function model(name: string, query: string, kind = 'FULL'): readonly [string, string] {
  return [`models/${name}.sql`, `MODEL (name mart.${name}, kind ${kind});\n\n${query}\n`];
}

function project(...models: (readonly [string, string])[]) {
  return loadProject(new Map([['config.yaml', 'model_defaults:\n  dialect: duckdb\n'], ...models]), 'p');
}

test('functions, operators and types of extensions are found where they are used, not where they are names', () => {
  const used = (text: string) => extensionUses(text).map(({ name, extension }) => `${extension} ${name}`);
  expect(used(`SELECT json_extract(doc, '$.a'), doc ->> 'b' FROM t`)).toEqual([
    'json json_extract',
    'json ->>',
  ]);
  expect(used(`SELECT doc::JSON, CAST(doc AS JSON) FROM t`)).toEqual(['json JSON', 'json JSON']);
  expect(used(`SELECT ts AT TIME ZONE 'Europe/Berlin', localtimestamp FROM t`)).toEqual([
    'icu AT TIME ZONE',
    'icu localtimestamp',
  ]);
  expect(used(`SELECT * FROM parquet_metadata('x.parquet')`)).toEqual(['parquet parquet_metadata']);
  expect(
    used(`SELECT json, t.localtime, 1 AS localtime, 'json_extract(x)' -- to_json(y)\nFROM json_type t`),
  ).toEqual([]);
});

test('the day of the moment is the execution time only where an engine does not know it', () => {
  const macros = { start: 0, end: 0, executionTime: Date.UTC(2025, 2, 5, 23), variables: {}, values: {} };
  const text = `SELECT current_date - 1, today(), t.current_date, 1 AS today, 'current_date' FROM t`;
  const render = (knowsDay: boolean) => {
    const rendered = renderText(text, { macros, resolvePath: (path) => path, knowsDay });
    return rendered.ok ? rendered.value : undefined;
  };
  expect(render(true)?.text).toBe(text);
  const here = render(false);
  expect(here?.text).toBe(
    `SELECT DATE '2025-03-05' - 1, DATE '2025-03-05', t.current_date, 1 AS today, 'current_date' FROM t`,
  );
  expect(here?.source(here.text.indexOf('FROM'))).toBe(text.indexOf('FROM'));
  expect(currentDates('SELECT current_date()')).toEqual([{ start: 7, end: 21 }]);
});

test('a place behind a macro and a path leads back to the text of the author', () => {
  const text = `SELECT @start_ds, x FROM read_csv('raw/a.csv') WHERE nope = 1`;
  const macros = { start: 0, end: 1, executionTime: 0, variables: {}, values: {} };
  const rendered = renderText(text, {
    macros,
    resolvePath: (path) => `/a/long/way/to/${path}`,
    knowsDay: true,
  });
  if (!rendered.ok) throw new Error(rendered.problem.message);
  expect(rendered.value.text).toContain(`read_csv('/a/long/way/to/raw/a.csv')`);
  expect(rendered.value.source(rendered.value.text.indexOf('nope'))).toBe(text.indexOf('nope'));
});

test('models that use what an engine lacks are named with the function and its place, and the rest goes on', () => {
  const whole = project(
    model('plain', 'SELECT 1 AS a'),
    model('docs', `SELECT 1 AS a,\n  json_extract('{}', '$.b') AS b, '{}' ->> 'c' AS c`),
    model('fresh', 'SELECT current_date AS d'),
    model('frozen', 'SELECT current_date AS d', 'VIEW'),
  );
  expect(withoutLacking(whole, { json: true, icu: true, parquet: true })).toBe(whole);
  const here = withoutLacking(whole, browser);
  expect([...here.models.keys()].toSorted()).toEqual(['mart.fresh', 'mart.plain']);
  const problems = here.broken.map(({ name, problem }) => [
    name,
    problem.code,
    problem.message,
    problem.place?.line,
  ]);
  expect(problems.toSorted()).toEqual([
    [
      'mart.docs',
      'model.unsupported',
      'mart.docs uses json_extract, ->>, which the engine in the browser lacks.',
      4,
    ],
    [
      'mart.frozen',
      'model.unsupported',
      'mart.frozen uses current_date in a view, which the engine in the browser lacks.',
      3,
    ],
  ]);
  expect(here.problems).toHaveLength(whole.problems.length + 2);
});
