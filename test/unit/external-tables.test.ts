import { expect, it } from 'vitest';
import { externalTables } from '../../shared/project/external-tables';
import { loadProject } from '../../shared/project/load';

it('a source that external_models.yaml lists for SQLMesh stays a source', () => {
  const project = loadProject(
    new Map([
      ['config.yaml', 'model_defaults:\n  dialect: duckdb\n  start: 2024-01-01\n'],
      ['sources/orders.yaml', 'name: orders\nfiles: [raw/orders.csv]\nformat: csv\ncolumns:\n  id: BIGINT\n'],
      [
        'external_models.yaml',
        '- name: raw.orders\n  columns:\n    id: BIGINT\n- name: lake.visits\n  columns:\n    id: BIGINT\n',
      ],
    ]),
    'shop',
  );
  expect([...project.sources.keys()]).toEqual(['orders']);
  expect(externalTables(project).map(({ name }) => name)).toEqual(['lake.visits']);
});
