import { describe, expect, it } from 'vitest';
import { readConfig } from '../../shared/project/config';
import { loadProject } from '../../shared/project/load';
import { parseNumber, parseRelative } from '../../shared/project/moment';

const now = Date.UTC(2025, 2, 31, 9, 30);
const env = (name: string) => ({ REGION: 'west', N: '3' })[name];
const read = (text: string) => {
  const config = readConfig('config.yaml', text, { now, env });
  if (!config.ok) throw new Error(JSON.stringify(config.problem));
  return config.value;
};

describe('config.yaml', () => {
  it('gives what SQLMesh has where it says nothing', () => {
    expect(read('project: shop\n')).toMatchObject({
      project: 'shop',
      defaults: { start: null, cron: '@daily', kind: 'VIEW', audits: [] },
      variables: {},
      gateway: '',
      environments: {
        snapshotTtl: 'in 1 week',
        environmentTtl: 'in 1 week',
        pinned: [],
        defaultTarget: 'prod',
        suffix: 'schema',
      },
      plan: {
        categorize: { external: 'full', sql: 'full', seed: 'full' },
        forwardOnly: false,
        includeUnmodified: false,
        enablePreview: true,
        noPrompts: true,
        autoApply: false,
      },
      format: { indent: 2, pad: 2, maxTextWidth: 80, rewriteCasts: true, appendNewline: false },
      linter: { enabled: false, rules: [], warnings: [], ignored: [] },
      notes: [],
    });
  });

  it('is read with all that it says', () => {
    const text = `
gateways:
  Other: {connection: {type: duckdb}}
  Main:
    connection: {type: duckdb, database: data/shop.v2.duckdb}
    variables: {REGION: north, list: [1, 2]}
default_gateway: MAIN
variables: {region: west, Least: 3, strict: true, none: null}
model_defaults:
  dialect: duckdb
  start: 1 month ago
  cron: '@hourly'
  on_destructive_change: WARN
  batch_concurrency: 4
  allow_partials: "true"
  audits: [not_null(columns := (id)), unique_values(columns := (id))]
time_column_format: '%Y%m%d'
pinned_environments: [Dev, qa]
default_target_environment: Dev
environment_ttl: null
plan:
  auto_categorize_changes: {sql: off, seed: semi}
  forward_only: true
  enable_preview: true
format: {append_newline: true, no_rewrite_casts: true, normalize_functions: upper}
linter: {enabled: true, rules: ALL, ignored_rules: [noSelectStar]}
before_all: [CREATE TABLE IF NOT EXISTS raw.x AS SELECT 1, "@IF(true, SELECT 1)"]
after_all: SELECT 2
`;
    const config = read(text.replace('sql: off', "sql: 'off'"));
    expect(config).toMatchObject({
      gateway: 'main',
      catalog: 'shop.v2',
      variables: { region: 'north', least: 3, strict: true, none: null, list: [1, 2], gateway: 'main' },
      defaults: {
        start: Date.UTC(2025, 1, 28),
        relativeStart: '1 month ago',
        allowPartials: true,
        kinds: { onDestructiveChange: 'warn', batchConcurrency: 4 },
        audits: [
          { name: 'not_null', arguments: { columns: '(id)' } },
          { name: 'unique_values', arguments: { columns: '(id)' } },
        ],
      },
      timeFormat: '%Y%m%d',
      environments: { pinned: ['dev', 'qa'], defaultTarget: 'dev', environmentTtl: null },
      plan: {
        categorize: { sql: 'off', seed: 'semi', external: 'full' },
        forwardOnly: true,
        enablePreview: true,
      },
      format: { appendNewline: true, rewriteCasts: false, normalizeFunctions: 'upper' },
      linter: { enabled: true, rules: ['all'], ignored: ['noselectstar'] },
      afterAll: ['SELECT 2'],
    });
    expect(config.beforeAll).toHaveLength(2);
  });

  it('takes values of the environment, and no other Jinja', () => {
    const text = `# {{ not_read }}
variables:
  region: "{{ env_var('REGION') }}"
  n: {{ env_var("N", '9') }}
  other: {{ env_var('MISSING', "none") }}
  gone: {{ env_var('MISSING') }}
`;
    expect(read(text).variables).toEqual({ region: 'west', n: 3, other: 'none', gone: 'None' });
    expect(readConfig('config.yaml', 'a: 1\nb: {{ macro() }}\n')).toMatchObject({
      ok: false,
      problem: { code: 'config.invalid', place: { line: 2, column: 4 } },
    });
  });

  it('says which gateway is of another engine, and which default there is not', () => {
    const notes = read(
      'gateways:\n  main:\n    connection:\n      type: postgres\n      host: x\nmodel_defaults:\n  dialect: duckdb\n  crn: x\n  start: soonish\n',
    ).notes;
    expect(notes).toMatchObject([
      { message: expect.stringContaining('crn'), place: { line: 8 } },
      { message: expect.stringContaining('soonish'), place: { line: 9 } },
      { message: expect.stringContaining('postgres'), place: { line: 4 } },
    ]);
  });

  it('has its own statements, not those that make the raw views', () => {
    const text =
      'before_all:\n  - SET threads = 1\n  # teal:raw begin\n  - CREATE SCHEMA raw\n  - >-\n    CREATE VIEW raw.a AS\n    SELECT 1\n  # teal:raw end\n  - SELECT 2\n';
    expect(read(text).beforeAll).toEqual(['SET threads = 1', 'SELECT 2']);
  });

  it('may have another name; a second one is told of', () => {
    const files = new Map([
      ['sqlmesh.yaml', 'project: one\n'],
      ['sqlmesh.yml', 'project: two\n'],
    ]);
    const project = loadProject(files, 'x');
    expect(project.name).toBe('one');
    expect(project.problems).toMatchObject([{ code: 'config.invalid', place: { file: 'sqlmesh.yml' } }]);
  });
});

describe('a moment told from another', () => {
  it.each([
    ['yesterday', Date.UTC(2025, 2, 30)],
    ['Today', Date.UTC(2025, 2, 31)],
    ['tomorrow', Date.UTC(2025, 3, 1)],
    ['now', now],
    ['1 week ago', Date.UTC(2025, 2, 24)],
    ['2 days ago', Date.UTC(2025, 2, 29)],
    ['a month ago', Date.UTC(2025, 1, 28)],
    ['1 year ago', Date.UTC(2024, 2, 31)],
    ['3 hours ago', now - 3 * 3_600_000],
    ['in 2 days', Date.UTC(2025, 3, 2)],
    ['2 days', null],
    ['in 2 days ago', null],
    ['soonish', null],
  ])('%s', (text, time) => {
    expect(parseRelative(text, now)).toBe(time);
  });

  it('may be one number: a day, or milliseconds', () => {
    expect(parseNumber('20250203')).toBe(Date.UTC(2025, 1, 3));
    expect(parseNumber('1735689600000')).toBe(Date.UTC(2025, 0, 1));
    expect(parseNumber('2025-01-01')).toBeNull();
  });
});
