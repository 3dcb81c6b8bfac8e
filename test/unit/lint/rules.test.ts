import { describe, expect, it } from 'vitest';
import { outerSelects } from '../../../shared/project/lint/projections';
import { ignoredRules, lintRules, type RuleContext } from '../../../shared/project/lint/rules';
import { loadProject } from '../../../shared/project/load';
import type { Model } from '../../../shared/project/model';

const names = (text: string) =>
  outerSelects(text).map((select) => select.map(({ name, star }) => (star ? '*' : name)));

const DEFAULTS = 'model_defaults:\n  dialect: duckdb\n  start: 2025-01-01\n';

/** What a rule finds in the first model of a project. */
function found(rule: string, files: Readonly<Record<string, string>>, more: Partial<RuleContext> = {}) {
  const project = loadProject(new Map(Object.entries({ 'config.yaml': DEFAULTS, ...files })), 'x');
  const model = [...project.models.values()][0] as Model;
  const context: RuleContext = {
    project,
    tested: new Set(),
    external: new Set(),
    rendered: (one) => one.query,
    bound: () => null,
    unknown: () => [],
    unit: (one) => (one.cron === '@hourly' ? 1 : 24),
    ...more,
  };
  return (lintRules[rule]?.(model, context) ?? []).map(({ message, start }) => ({
    message,
    at: start === null ? null : model.text.slice(start, start + 5),
  }));
}

const a = (query: string, properties = '') => ({
  'models/a.sql': `MODEL (name m.a, kind FULL${properties});\n${query}`,
});

describe('the outermost columns of a query', () => {
  it.each([
    ['select a, t.b, c as d, e f, "G h" from t', [['a', 'b', 'd', 'f', 'G h']]],
    ['select a::int, cast(b as text), t.c::decimal(9, 2), x::int as y from t', [['a', 'b', 'c', 'y']]],
    ['select a + 1, sum(b), case when c then 1 end, not d from t', [[null, null, null, null]]],
    ['select a + 1 b, sum(c) d, case when e then 1 end f from t', [['b', 'd', 'f']]],
    ['select *, t.*, * exclude (a), count(*) from t', [['*', '*', '*', null]]],
    ['with x as (select * from y) select a from x', [['a']]],
    ['select a from t union all select b from u', [['a'], ['b']]],
    ['(select a from t) union (select * from u)', [['a'], ['*']]],
    ['select distinct on (z) a, (select b from u) c from t', [['a', 'c']]],
    ['select a is distinct from b as same, d from t', [['same', 'd']]],
    ['from t', [['*']]],
    ['from t select a', [['a']]],
    ['select a', [['a']]],
    ['', []],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
});

describe('rules', () => {
  it('noselectstar and invalidselectstarexpansion point at the star', () => {
    expect(found('noselectstar', a('select * from m.b'))).toMatchObject([{ at: '* fro' }]);
    expect(found('noselectstar', a('with b as (select * from m.c) select x from b'))).toEqual([]);
    const unknown = { unknown: () => ['m.b'] };
    expect(found('invalidselectstarexpansion', a('select * from m.b'), unknown)[0]?.message).toContain('m.b');
    expect(found('invalidselectstarexpansion', a('select x from m.b'), unknown)).toEqual([]);
    expect(found('invalidselectstarexpansion', a('select * from m.b'))).toEqual([]);
  });

  it('noambiguousprojections finds columns without a name and names given twice', () => {
    expect(found('noambiguousprojections', a('select x + 1 from t'))[0]?.message).toContain('x + 1');
    expect(found('noambiguousprojections', a('select x, y as X from t'))[0]?.message).toContain('named x');
    expect(found('noambiguousprojections', a('select x, y, * from t'))).toEqual([]);
    expect(found('noambiguousprojections', a('select 1'), { rendered: () => null })).toEqual([]);
  });

  it('nomissingaudits, nomissingowner and nomissingunittest look at the model', () => {
    expect(found('nomissingaudits', a('select 1 as x'))).toMatchObject([{ at: 'MODEL' }]);
    expect(found('nomissingaudits', a('select 1 as x', ', audits (not_null(columns := (x)))'))).toEqual([]);
    expect(found('nomissingowner', a('select 1 as x'))).toHaveLength(1);
    expect(found('nomissingowner', a('select 1 as x', ', owner bob'))).toEqual([]);
    expect(found('nomissingunittest', a('select 1 as x'))).toHaveLength(1);
    expect(found('nomissingunittest', a('select 1 as x'), { tested: new Set(['m.a']) })).toEqual([]);
  });

  it('nomissingexternalmodels names what nobody declares, where the query reads it', () => {
    const read = a('select x from ext.orders');
    expect(found('nomissingexternalmodels', read)).toMatchObject([{ at: 'ext.o' }]);
    expect(found('nomissingexternalmodels', read, { external: new Set(['ext.orders']) })).toEqual([]);
    const both = { ...read, 'models/b.sql': 'MODEL (name ext.orders, kind FULL);\nselect 1 as x' };
    expect(found('nomissingexternalmodels', both)).toEqual([]);
  });

  it('cronintervalalignment finds a model that runs more often than what it reads', () => {
    const b = { 'models/b.sql': 'MODEL (name m.b, kind FULL);\nselect 1 as x' };
    const hourly = { ...a('select x from m.b', ", cron '@hourly'"), ...b };
    expect(found('cronintervalalignment', hourly)).toMatchObject([{ at: 'cron ' }]);
    expect(found('cronintervalalignment', { ...a('select x from m.b'), ...b })).toEqual([]);
  });

  it('ambiguousorinvalidcolumn is what the engine says', () => {
    const bound = () => ({ message: 'no such column', start: 0 });
    expect(found('ambiguousorinvalidcolumn', a('select 1'), { bound })).toEqual([
      { message: 'no such column', at: 'MODEL' },
    ]);
  });
});

describe('ignored_rules', () => {
  it.each([
    [', ignored_rules ["NoSelectStar", \'b\']', ['noselectstar', 'b']],
    [', ignored_rules (a, b)', ['a', 'b']],
    [', ignored_rules all', ['all']],
    ['', []],
  ])('%s', (properties, expected) => {
    const files = new Map(Object.entries(a('select 1', properties)));
    const [model] = loadProject(files, 'x').models.values();
    expect(ignoredRules(model as Model)).toEqual(expected);
  });
});
