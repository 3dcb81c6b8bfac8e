import { describe, expect, it } from 'vitest';
import { loadProject, type Project } from '../../shared/project/load';

const around = { now: Date.UTC(2025, 2, 31, 9), env: () => undefined };
const project = (files: Readonly<Record<string, string>>): Project =>
  loadProject(new Map(Object.entries(files)), 'shop', around);
const one = (body: string, block = 'name mart.a, kind FULL') =>
  project({ 'models/a.sql': `MODEL (${block});\n${body}` });
const first = (body: string, block?: string) => one(body, block).models.values().next().value;

describe('statements beside a query', () => {
  it('are told from the query, each with where it begins', () => {
    const body = [
      '-- first',
      'SET threads = 1;',
      '@DEF(n, 3);',
      'SELECT 1 AS x; -- the query',
      'UPDATE @this_model SET x = 2;',
      'ON_VIRTUAL_UPDATE_BEGIN;',
      'ANALYZE;',
      'ON_VIRTUAL_UPDATE_END;',
      "@IF(@runtime_stage = 'evaluating', DELETE FROM @this_model WHERE x = 1, SELECT 1)",
    ].join('\n');
    const model = first(body);
    expect(model).toMatchObject({
      query: 'SELECT 1 AS x',
      before: [{ text: 'SET threads = 1' }],
      after: [{ text: 'UPDATE @this_model SET x = 2' }, { text: expect.stringContaining('@IF(') }],
      onVirtualUpdate: [{ text: 'ANALYZE' }],
      definitions: [{ text: '@DEF(n, 3)' }],
    });
    for (const statement of [
      ...(model?.before ?? []),
      ...(model?.after ?? []),
      ...(model?.definitions ?? []),
    ])
      expect(model?.text.slice(statement.start).startsWith(statement.text)).toBe(true);
  });

  it.each([
    'CREATE OR REPLACE TEMPORARY TABLE t AS SELECT 1 AS x',
    'CREATE TEMP MACRO twice(n) AS n * 2',
    'CREATE TEMP TABLE IF NOT EXISTS t (x INT); INSERT INTO t VALUES (1); DROP TABLE IF EXISTS t',
    'INSERT OR REPLACE INTO @this_model SELECT 1',
    'DELETE FROM @{this_model} WHERE x = 1',
    'ALTER TABLE @this_model ADD COLUMN y INT',
    'CREATE UNIQUE INDEX IF NOT EXISTS i ON @this_model (x)',
    "COMMENT ON TABLE @this_model IS 'x'",
    "COMMENT ON COLUMN @this_model.x IS 'x'",
    'WITH w AS (SELECT 1) UPDATE @this_model SET x = 1',
    'SET VARIABLE day = 3',
    "SET SESSION TimeZone = 'UTC'",
    'PRAGMA disable_progress_bar',
    'LOAD json',
    '@anything(1, 2)',
  ])('may be: %s', (statement) => {
    expect(one(`SELECT 1 AS x;\n${statement}`).problems).toEqual([]);
  });

  it.each([
    ["COPY (SELECT 1) TO 'raw/x.csv'", 'COPY'],
    ["ATTACH 'other.duckdb'", 'ATTACH'],
    ["EXPORT DATABASE 'x'", 'EXPORT'],
    ['INSTALL httpfs', 'INSTALL'],
    ['LOAD httpfs', 'built in'],
    ['USE other', 'USE'],
    ['BEGIN', 'BEGIN'],
    ['CREATE TABLE mart.b AS SELECT 1', 'temporary'],
    ['CREATE VIEW mart.v AS SELECT 1', 'temporary'],
    ['CREATE SCHEMA other', 'temporary'],
    ['CREATE INDEX i ON mart.b (x)', '@this_model'],
    ['INSERT INTO mart.b VALUES (1)', '@this_model'],
    ['DROP TABLE mart.b', '@this_model'],
    ['UPDATE teal.runs SET x = 1', '@this_model'],
    ['WITH w AS (SELECT 1) DELETE FROM mart.b', '@this_model'],
    ['SET enable_external_access = true', 'enable_external_access'],
    ['SET GLOBAL search_path = x', 'search_path'],
    ["@IF(@runtime_stage = 'evaluating', DROP TABLE mart.b)", '@this_model'],
  ])('may not be: %s', (statement, word) => {
    const [problem] = one(`SELECT 1 AS x;\n${statement}`).problems;
    expect(problem).toMatchObject({ code: 'model.unsupported', place: { file: 'models/a.sql', line: 3 } });
    expect(problem?.message).toContain(word);
  });

  it('make temporary tables that the model does not depend on', () => {
    const model = first('CREATE TEMP TABLE w AS SELECT 1 AS x;\nSELECT x FROM w JOIN stg.b USING (x)');
    expect(model?.parents).toEqual(['stg.b']);
  });

  it('are those of config.yaml too, before the own ones', () => {
    const config = 'model_defaults:\n  dialect: duckdb\n  pre_statements: SET threads = 1\n';
    const read = project({
      'config.yaml': config,
      'models/a.sql': 'MODEL (name mart.a);\nSET threads = 2;\nSELECT 1 AS x',
    });
    expect(read.models.get('mart.a')?.before.map(({ text }) => text)).toEqual([
      'SET threads = 1',
      'SET threads = 2',
    ]);
  });
});

describe('a model that Teal cannot run', () => {
  it.each([
    ['Jinja in the query', 'SELECT {{ x }} AS x', 2, 8],
    ['a Jinja block', 'JINJA_QUERY_BEGIN;\nSELECT 1\nJINJA_END;', 2, 1],
    ['Jinja control', 'SELECT 1 {% if x %}', 2, 10],
  ])('says where: %s', (_, body, line, column) => {
    const [problem] = one(body).problems;
    expect(problem).toMatchObject({ code: 'model.unsupported', place: { line, column } });
  });

  it('is named where it is written in Python, and the others work', () => {
    const read = project({
      'models/a.py': 'import x\n\n@model(\n    "Mart.A",\n    columns={},\n)\ndef execute(): ...\n',
      'models/helpers.py': 'x = 1\n',
      'models/b.sql': 'MODEL (name mart.b);\nSELECT 1 AS x',
      'macros/__init__.py': '',
      'macros/own.py': '@macro()\ndef twice(): ...\n',
      'macros/own.sql': '{% macro x() %}1{% endmacro %}',
      'config.py': 'config = 1',
    });
    expect([...read.models.keys()]).toEqual(['mart.b']);
    expect(read.broken.map(({ name }) => name)).toEqual(['mart.a']);
    expect(read.problems.map(({ place }) => place?.file)).toEqual([
      'models/a.py',
      'macros/own.py',
      'macros/own.sql',
      'config.py',
    ]);
    expect(read.problems[0]?.place?.line).toBe(3);
  });

  it('is one that calls a macro written in Python', () => {
    const read = project({
      'macros/own.py': 'from sqlmesh import macro\n\n\n@macro()\ndef twice(evaluator, x):\n    return x\n',
      'models/a.sql': 'MODEL (name mart.a);\nSELECT @twice(1) AS x',
      'models/b.sql': 'MODEL (name mart.b);\nSELECT @thrice(1) AS x',
      'models/c.sql': 'MODEL (name mart.c);\nSELECT 1 AS x',
    });
    expect([...read.models.keys()]).toEqual(['mart.c']);
    expect(read.broken).toMatchObject([
      {
        name: 'mart.a',
        problem: { code: 'model.unsupported', place: { file: 'models/a.sql', line: 2, column: 8 } },
      },
      {
        name: 'mart.b',
        problem: { code: 'model.invalid', place: { file: 'models/b.sql', line: 2, column: 8 } },
      },
    ]);
    expect(read.broken[0]?.problem.message).toContain('macros/own.py');
  });
});

describe('audits of the project', () => {
  it('know their definitions, and where their query begins', () => {
    const text =
      'AUDIT (name Low, blocking FALSE, skip true, defaults (least = 3));\n@DEF(x, 1);\nSELECT * FROM @this_model WHERE n < @least\n;\n\nAUDIT (name other);\nWITH w AS (SELECT 1) SELECT * FROM w;';
    const read = project({ 'audits/a.sql': text });
    expect(read.problems).toEqual([]);
    expect([...read.audits.values()]).toEqual([
      {
        name: 'low',
        file: 'audits/a.sql',
        query: 'SELECT * FROM @this_model WHERE n < @least',
        blocking: false,
        standalone: false,
        skip: true,
        defaults: { least: '3' },
        at: { line: 3, column: 1 },
        definitions: ['@DEF(x, 1)'],
      },
      expect.objectContaining({ name: 'other', at: { line: 7, column: 1 }, definitions: [] }),
    ]);
  });

  it.each([
    ['an open string', "AUDIT (name a);\nSELECT 'x", 2, 8],
    ['no query', 'AUDIT (name a);', 1, 1],
    ['an UPDATE', 'AUDIT (name a);\nUPDATE t SET x = 1', 2, 1],
    ['no name', 'AUDIT (blocking false);\nSELECT 1', 1, 1],
    ['no block', 'SELECT 1', 1, 1],
    ['an unknown property', 'AUDIT (name a, blokcing false);\nSELECT 1', 1, 16],
  ])('that cannot be read say where, and leave the next one: %s', (_, text, line, column) => {
    const read = project({ 'audits/a.sql': `${text}\n`, 'audits/b.sql': 'AUDIT (name b);\nSELECT 1' });
    expect(read.problems).toMatchObject([
      { code: 'audit.invalid', place: { file: 'audits/a.sql', line, column } },
    ]);
    expect([...read.audits.keys()]).toEqual(['b']);
  });

  it('that stand alone are nodes of their own, below what they read', () => {
    const block =
      "AUDIT (name Few, standalone true, cron '@weekly', start '2025-01-01', depends_on [mart.b]);";
    const read = project({ 'audits/a.sql': `${block}\n@DEF(x, 1);\nSELECT 1 FROM mart.a WHERE @x = 1` });
    expect(read.problems).toEqual([]);
    expect([...read.audits]).toEqual([]);
    expect([...read.standing.values()]).toMatchObject([
      {
        ...{ name: 'few', kind: { name: 'AUDIT' }, cron: '@weekly', start: Date.UTC(2025, 0, 1) },
        ...{ parents: ['mart.a', 'mart.b'], audits: [{ name: 'few', arguments: {}, blocking: false }] },
      },
    ]);
  });

  it.each([
    ['blocking', 'AUDIT (name a, standalone true, blocking true);\nSELECT 1', 1, 33],
    ['a cron that is none', "AUDIT (name a, standalone true, cron 'often');\nSELECT 1", 1, 38],
    ['no audited model', 'AUDIT (name a, standalone true);\nSELECT 1 FROM @this_model', 2, 15],
  ])('that stand alone say what they cannot have: %s', (_, text, line, column) => {
    const read = project({ 'audits/a.sql': text, 'audits/b.sql': 'AUDIT (name b);\nSELECT 1' });
    expect(read.problems).toMatchObject([{ place: { file: 'audits/a.sql', line, column } }]);
    expect(read.problems[0]?.kept).toBe('Every model still works, without this audit.');
    expect([...read.standing.keys()]).toEqual([]);
    expect([...read.audits.keys()]).toEqual(['b']);
  });

  it('that stand alone are called by no model, and share no name with one', () => {
    const alone = 'AUDIT (name few, standalone true);\nSELECT 1';
    const called = project({
      'audits/a.sql': alone,
      'models/a.sql': 'MODEL (name mart.a, audits (few));\nSELECT 1 AS x',
    });
    expect(called.problems).toMatchObject([{ code: 'audit.invalid', place: { file: 'models/a.sql' } }]);
    const same = project({
      'audits/a.sql': alone.replace('few', 'mart.a'),
      'models/a.sql': 'MODEL (name mart.a);\nSELECT 1 AS x',
    });
    expect(same.problems).toMatchObject([{ code: 'audit.invalid', place: { file: 'audits/a.sql' } }]);
    expect([...same.models.keys()]).toEqual(['mart.a']);
  });

  it('that stand alone have no place in the file of a model', () => {
    const text = 'MODEL (name mart.a);\nSELECT 1 AS x;\nAUDIT (name few, standalone true);\nSELECT 1';
    const read = project({ 'models/a.sql': text });
    expect(read.problems).toMatchObject([
      { code: 'model.syntax', place: { file: 'models/a.sql', line: 3, column: 1 } },
    ]);
    expect(read.problems[0]?.message).toContain('belongs in audits/');
  });

  it('are asked for by the models that name them', () => {
    const problem = one('SELECT 1 AS x', 'name mart.a, audits (not_null(columns := (x)), nothing)')
      .problems[0];
    expect(problem).toMatchObject({ code: 'audit.invalid', place: { line: 1, column: 55 } });
    expect(problem?.message).toContain('nothing');
  });
});
