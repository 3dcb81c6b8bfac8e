import { describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/base/errors';
import { buildGraph } from '../../shared/plan/graph';
import { loadProject } from '../../shared/project/load';
import { readTestFile } from '../../shared/quality/test-file';

const CONFIG = 'model_defaults:\n  dialect: duckdb\n  start: 2024-01-01\n';
const GOOD = 'MODEL (name m.good, kind FULL); SELECT 1 AS id';

interface Bad {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** code, place and words of the one problem that is told */
  readonly told: readonly [code: string, place: string, words: RegExp];
}

const model = (block: string, query = 'SELECT 1 AS id') =>
  `MODEL (\n  name m.bad,\n  ${block}\n);\n${query}\n`;
const one = (text: string) => ({ 'models/bad.sql': text });

const CASES: readonly Bad[] = [
  {
    what: 'a block without an end',
    files: one('MODEL (\n  name m.bad,\n  kind FULL\n;\nSELECT 1 AS id\n'),
    told: ['model.syntax', 'models/bad.sql:1:7', /./],
  },
  {
    what: 'an unknown kind',
    files: one(model('kind FULLL')),
    told: ['model.invalid', 'models/bad.sql:3:8', /FULLL/],
  },
  {
    what: 'a kind that lacks what it needs',
    files: one(model('kind INCREMENTAL_BY_TIME_RANGE')),
    told: ['model.invalid', 'models/bad.sql:3:8', /time_column/],
  },
  {
    what: 'a bad cron',
    files: one(model("kind FULL, cron '61 * * * *'")),
    told: ['model.invalid', 'models/bad.sql:3:19', /cron/],
  },
  {
    what: 'an unknown property',
    files: one(model('kind FULL, ownr me')),
    told: ['model.invalid', 'models/bad.sql:3:14', /ownr/],
  },
  {
    what: 'a start that is no date',
    files: one(model("kind FULL, start 'soon'")),
    told: ['model.invalid', 'models/bad.sql:3:20', /soon/],
  },
  {
    what: 'a number that is none',
    files: one(model('kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size many)')),
    told: ['model.invalid', 'models/bad.sql:3:52', /batch_size/],
  },
  {
    what: 'an unknown macro',
    files: one(model('kind FULL', 'SELECT\n  @nobody_knows(1) AS id')),
    told: ['model.invalid', 'models/bad.sql:6:3', /nobody_knows/i],
  },
  {
    what: 'a table that nobody makes',
    files: one(model('kind FULL', 'SELECT id\nFROM m.goood')),
    told: ['model.unknown_parent', 'models/bad.sql:6:6', /m\.goood/],
  },
  {
    what: 'an audit that is called and not there',
    files: one(model('kind FULL, audits (never_written)')),
    told: ['audit.invalid', 'models/bad.sql:3:22', /never_written/],
  },
  {
    what: 'an audit that does not parse',
    files: { 'audits/bad.sql': 'AUDIT (\n  name broken\n;\nSELECT 1' },
    told: ['audit.invalid', 'audits/bad.sql:1:7', /./],
  },
  {
    what: 'two models of one name',
    files: { 'models/bad.sql': model('kind FULL'), 'models/bad_too.sql': model('kind FULL') },
    told: ['model.duplicate', 'models/bad_too.sql:1:1', /models\/bad\.sql/],
  },
  {
    what: 'models that read each other',
    files: {
      'models/bad.sql': model('kind FULL', 'SELECT id FROM m.worse'),
      'models/worse.sql': 'MODEL (name m.worse, kind FULL); SELECT id FROM m.bad',
    },
    told: ['model.cycle', 'models/bad.sql:5:16', /circle/],
  },
  {
    what: 'broken YAML in external_models.yaml',
    files: { 'external_models.yaml': '- name: m.outer\n  columns: {id: INT\n' },
    told: ['source.invalid', 'external_models.yaml:3:1', /./],
  },
  {
    what: 'broken YAML in config.yaml',
    files: { 'config.yaml': 'model_defaults:\n  dialect: [duckdb\n' },
    told: ['config.invalid', 'config.yaml:3:1', /./],
  },
  {
    what: 'a value of the wrong type in config.yaml',
    files: { 'config.yaml': 'environment_suffix_target: shelf\n' },
    told: ['config.invalid', 'config.yaml:1:28', /environment_suffix_target/],
  },
  {
    what: 'a setting that no configuration has',
    files: { 'config.yaml': `${CONFIG}snapshot_tll: in 1 week\n` },
    told: ['config.invalid', 'config.yaml:4:1', /snapshot_tll/],
  },
  {
    what: 'a lifetime that is none',
    files: { 'config.yaml': `${CONFIG}environment_ttl: a while\n` },
    told: ['config.invalid', 'config.yaml:4:1', /environment_ttl/],
  },
  {
    what: 'a model in Python',
    files: {
      'models/bad.py':
        'from sqlmesh import model\n\n@model("m.bad", kind="FULL")\ndef execute(context): ...\n',
    },
    told: ['model.unsupported', 'models/bad.py:3:1', /Python/],
  },
  {
    what: 'a macro in Python that a model uses',
    files: {
      'models/bad.sql': model('kind FULL', 'SELECT @twice(1) AS id'),
      'macros/more.py': 'from sqlmesh import macro\n\n@macro()\ndef twice(evaluator, x):\n  return x\n',
    },
    told: ['model.unsupported', 'models/bad.sql:5:8', /macros\/more\.py:3:1/],
  },
  {
    what: 'Jinja',
    files: one(model('kind FULL', 'SELECT {{ 1 }} AS id')),
    told: ['model.unsupported', 'models/bad.sql:5:8', /Jinja/],
  },
];

function load(files: Readonly<Record<string, string>>) {
  const all = { 'config.yaml': CONFIG, 'models/good.sql': GOOD, ...files };
  const project = loadProject(new Map(Object.entries(all)), 'shop');
  const graph = buildGraph(project);
  return { project, graph, problems: [...project.problems, ...graph.problems] };
}

function placeOf({ place }: Problem): string {
  return `${place?.file}:${place?.line}:${place?.column}`;
}

describe('bad input', () => {
  it.each(CASES)('$what is told with its place, and every other model works', ({ files, told }) => {
    const { graph, problems } = load(files);
    const [code, place, words] = told;
    const mine = problems.filter((problem) => problem.code === code && placeOf(problem) === place);
    expect(problems.map((problem) => `${problem.code} ${placeOf(problem)}`)).toContain(`${code} ${place}`);
    expect(mine[0]?.message).toMatch(words);
    expect(graph.order.map(({ name }) => name)).toContain('m.good');
  });

  it('of a macro in Python that nobody uses stops no model', () => {
    const { graph, problems } = load({ 'macros/more.py': '@macro()\ndef twice(evaluator): ...\n' });
    expect(problems.map(({ code }) => code)).toEqual(['model.unsupported']);
    expect(graph.blocked.size).toBe(0);
  });

  it('of statements around plans that only SQLMesh can run leaves them out, and says where they stand', () => {
    const config = `${CONFIG}before_all:\n  - CREATE TABLE IF NOT EXISTS log (id INT)\n  - "@grant_all()"\n`;
    const { project, problems } = load({
      'config.yaml': config,
      'macros/more.py': '@macro()\ndef grant_all(evaluator): ...\n',
    });
    expect(project.config.beforeAll).toEqual(['CREATE TABLE IF NOT EXISTS log (id INT)']);
    expect(problems.map(placeOf)).toContain('config.yaml:6:5');
  });

  it('of settings that have no effect is told and stops nothing', () => {
    const { problems } = load({ 'config.yaml': `${CONFIG}virtual_environment_mode: dev_only\n` });
    expect(problems.map((problem) => `${problem.code} ${placeOf(problem)}`)).toEqual([
      'config.unused config.yaml:4:1',
    ]);
  });

  it.each([
    ['no YAML', 'a:\n  model: [m.good\n', 'tests/t.yaml:3:1'],
    ['no model', 'a:\n  outputs: {query: {rows: [{id: 1}]}}\n', 'tests/t.yaml:1:1'],
    ['no rows of an output', 'a:\n  model: m.good\n  outputs:\n    query: {rowss: 1}\n', 'tests/t.yaml:4:5'],
    [
      'rows that are no list',
      'a:\n  model: m.good\n  outputs:\n    query:\n      rows: 3\n',
      'tests/t.yaml:5:7',
    ],
  ])('of a test with %s is told with its place', (_, text, place) => {
    const { broken } = readTestFile('tests/t.yaml', text, new Map());
    expect(broken.map(({ problem }) => placeOf(problem))).toEqual([place]);
  });
});
