import { describe, expect, it } from 'vitest';
import { buildGraph, descendants } from '../../shared/plan/graph';
import { loadProject } from '../../shared/project/load';

const load = (files: Readonly<Record<string, string>>) => {
  const project = loadProject(new Map(Object.entries(files)), 'x', { now: 0, env: () => undefined });
  return { project, graph: buildGraph(project) };
};
const model = (name: string, query: string, more = '') => `MODEL (name ${name}${more});\n${query}`;

describe('the graph of models', () => {
  it('takes a model that reads its own rows, which is no circle', () => {
    const { project, graph } = load({
      'models/a.sql': model('mart.a', 'SELECT 1 AS x'),
      'models/b.sql': model('mart.b', 'SELECT x FROM mart.a UNION ALL SELECT x FROM Mart."B"'),
      'models/c.sql': model('mart.c', 'SELECT x FROM mart.b'),
    });
    expect(project.models.get('mart.b')).toMatchObject({ parents: ['mart.a'], readsItself: true });
    expect(project.models.get('mart.c')).toMatchObject({ readsItself: false });
    expect(graph.order.map(({ name }) => name)).toEqual(['mart.a', 'mart.b', 'mart.c']);
    expect(graph.problems).toEqual([]);
    expect(descendants(graph, ['mart.a'])).toEqual(['mart.b', 'mart.c']);
  });

  it('knows tables from outside by the files that list them, and by before_all', () => {
    const { project, graph } = load({
      'config.yaml': 'before_all:\n  - CREATE OR REPLACE TABLE IF NOT EXISTS own.made AS SELECT 1 AS x\n',
      'external_models.yaml':
        '- name: legacy."Old Ones"\n  columns: {ID: INT}\n- name: a.b\n  gateway: other\n',
      'external_models/more.yaml': '- name: legacy.more\n',
      'models/a.sql': model(
        'mart.a',
        'SELECT 1 FROM legacy."old ones", legacy.more, own.made, information_schema.tables, duckdb_settings()',
      ),
      'models/b.sql': model('mart.b', 'SELECT 1 FROM legacy.mor'),
      'models/c.sql': model('mart.c', 'SELECT 1 FROM mart.b'),
    });
    expect(project.externals.get('legacy.old ones')?.columns).toEqual([{ name: 'id', type: 'INT' }]);
    expect([...project.externals.keys()].toSorted()).toEqual(['legacy.more', 'legacy.old ones', 'own.made']);
    expect(project.models.get('mart.a')?.parents).toEqual(['legacy.old ones', 'legacy.more', 'own.made']);
    expect(graph.problems).toMatchObject([
      { code: 'model.unknown_parent', remedy: 'Did you mean legacy.more?', place: { line: 2, column: 15 } },
    ]);
    expect([...graph.blocked.keys()]).toEqual([]);
    expect([...graph.doubtful.keys()]).toEqual(['mart.b']);
  });

  it('says where external_models.yaml is wrong, and works on', () => {
    const { project } = load({
      'external_models.yaml': '- name: ok.a\n- name: 1 + 2\n',
      'schema.yaml': '- name: not.read\n',
      'models/a.sql': model('mart.a', 'SELECT 1 FROM ok.a'),
    });
    expect(project.problems).toMatchObject([
      { code: 'source.invalid', place: { file: 'external_models.yaml', line: 2, column: 9 } },
    ]);
    expect(load({ 'external_models.yaml': '# nothing\n' }).project.problems).toEqual([]);
    expect(load({ 'external_models.yaml': 'a: 1\n' }).project.problems).toMatchObject([
      { code: 'source.invalid' },
    ]);
  });

  it('reads names in quotes, in any case, of one part, with the catalog', () => {
    const { project, graph } = load({
      'config.yaml': 'gateways:\n  x:\n    connection: {type: duckdb, database: shop.duckdb}\n',
      'models/a.sql': model('Fleet."Mixed Bag"', 'SELECT 1 AS x'),
      'models/b.sql': model('plain', 'SELECT x FROM FLEET."mixed bag"'),
      'models/c.sql': model('shop.mart.c', 'SELECT x FROM plain JOIN shop.fleet."MIXED BAG" USING (x)'),
      'models/d.sql': model('other.mart.d', 'SELECT 1'),
    });
    expect(graph.order.map(({ name, parents }) => [name, parents])).toEqual([
      ['fleet.mixed bag', []],
      ['default.plain', ['fleet.mixed bag']],
      ['mart.c', ['default.plain', 'fleet.mixed bag']],
    ]);
    expect(project.problems).toMatchObject([
      { code: 'model.unsupported', place: { file: 'models/d.sql', column: 13 } },
    ]);
  });

  it('lets models lie in the schema raw, but not under the name of a source', () => {
    const { project } = load({
      'sources/a.yaml': 'name: a\nfiles: [raw/a.csv]\nformat: csv\n',
      'models/a.sql': model('raw.a', 'SELECT 1 AS x'),
      'models/b.sql': model('raw.b', 'SELECT 1 AS x'),
      'models/t.sql': model('teal.x', 'SELECT 1 AS x'),
    });
    expect([...project.models.keys()]).toEqual(['raw.b']);
    expect(project.problems.map(({ code }) => code)).toEqual(['model.invalid', 'model.duplicate']);
  });

  it('leaves out files that config.yaml ignores, and those that are not enabled', () => {
    const { project } = load({
      'config.yaml': 'ignore_patterns: [models/drafts/*, "*_old.sql"]\n',
      'models/a.sql': model('mart.a', 'SELECT 1'),
      'models/off.sql': model('mart.off', 'SELECT 1', ', enabled FALSE'),
      'models/drafts/b.sql': 'nonsense',
      'models/deep/c_old.sql': 'nonsense',
      'models/d.sql': 'SELECT 1',
    });
    expect([...project.models.keys()]).toEqual(['mart.a']);
    expect(project.problems).toMatchObject([{ code: 'model.syntax', place: { file: 'models/d.sql' } }]);
  });
});
