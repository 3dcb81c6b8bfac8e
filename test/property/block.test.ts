import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../shared/plan/graph';
import { readAudits } from '../../shared/project/audit';
import { listValue, pairsValue, plainValue, readBlock } from '../../shared/project/block';
import { readBrief } from '../../shared/project/brief';
import { readConfig } from '../../shared/project/config';
import { loadProject } from '../../shared/project/load';
import { readModel } from '../../shared/project/read-model';
import { readSourceFile } from '../../shared/project/source-file';

const defaults = { start: null, cron: '@daily', kind: 'VIEW' };
const piece = fc.constantFrom(
  ...[
    'MODEL',
    'AUDIT',
    '(',
    ')',
    ';',
    ',',
    'name',
    'a.b',
    'kind',
    'FULL',
    'INCREMENTAL_BY_TIME_RANGE',
    'SEED',
    'SCD_TYPE_2_BY_COLUMN',
    'INCREMENTAL_BY_UNIQUE_KEY',
    'unique_key',
    'columns',
    'blueprints',
    'audits',
    'depends_on',
    'cron',
  ],
  ...[
    'time_column',
    'ds',
    'batch_size',
    '-1',
    'SELECT',
    'FROM',
    "'x",
    "'x'",
    '"',
    '/*',
    '--',
    '\n',
    '@x',
    '[',
    '{',
    '=>',
    ':=',
    ';',
    '@DEF',
    '@IF(',
    'ON_VIRTUAL_UPDATE_BEGIN;',
    'AUDIT (name x);',
    'CREATE TEMP TABLE',
    'UPDATE @this_model',
    '1 week ago',
    '*/5',
    '@{x}.b',
  ],
);
const soup = fc.array(piece, { maxLength: 30 }).map((words) => words.join(' '));
const rest = fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 40 }));
const modelText = fc.tuple(fc.constantFrom('', 'MODEL (', 'MODEL (name a.b, ', 'MODEL (name a.b);'), rest);
const yamlPiece = fc.constantFrom(
  'models',
  ':',
  '- ',
  '\n',
  '  ',
  '[',
  '{',
  'a.b',
  'start',
  '2025-02-30',
  '"',
  '&a',
  '*a',
  '!!',
  '1',
);
const yamlText = fc.oneof(
  fc.array(yamlPiece, { maxLength: 20 }).map((words) => words.join('')),
  rest,
);

function expectPlace(text: string, place: { line?: number; column?: number } | undefined): void {
  const lines = text.split('\n');
  if (place?.line === undefined) return;
  expect(place.line).toBeGreaterThanOrEqual(1);
  expect(place.line).toBeLessThanOrEqual(lines.length + 1);
  expect(place.column).toBeGreaterThanOrEqual(1);
  expect(place.column).toBeLessThanOrEqual((lines[place.line - 1] ?? '').length + 2);
}

describe('reading files of a project', () => {
  it('takes any text of a model: a model, a problem with its place, or nothing', () => {
    fc.assert(
      fc.property(modelText, ([start, more]) => {
        const text = start + more;
        const model = readModel('models/a/b.sql', text, defaults);
        if (model && 'problem' in model) {
          expect(model.problem.place?.file).toBe('models/a/b.sql');
          expectPlace(text, model.problem.place);
        } else if (model && model.kind.name !== 'SEED') {
          expect(text.slice(model.queryStart, model.queryStart + model.query.length)).toBe(model.query);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('takes any statements around a query; each stands in the text where it says', () => {
    fc.assert(
      fc.property(soup, soup, (before, after) => {
        const text = `MODEL (name a.b, kind FULL);\n${before};\nSELECT 1 AS x;\n${after}`;
        const model = readModel('models/a/b.sql', text, defaults);
        if (!model || 'problem' in model) return expectPlace(text, model?.problem.place);
        for (const list of [model.before, model.after, model.onVirtualUpdate, model.definitions])
          for (const statement of list)
            expect(text.slice(statement.start, statement.start + statement.text.length)).toBe(statement.text);
        expect(model.parents).not.toContain(model.name);
      }),
      { numRuns: 600 },
    );
  });

  it('takes any project: every model is there or broken, and every problem names a file', () => {
    fc.assert(
      fc.property(fc.array(modelText, { maxLength: 4 }), yamlText, soup, (texts, yaml, words) => {
        const files = new Map(texts.map(([start, more], index) => [`models/m${index}.sql`, start + more]));
        files
          .set('config.yaml', yaml)
          .set('external_models.yaml', yaml)
          .set('audits/a.sql', `AUDIT (${words}`);
        files.set('models/p.py', `@model(${words}`);
        const project = loadProject(files, 'x');
        for (const problem of project.problems) expect(problem.place?.file).toBeDefined();
        for (const model of project.broken) expect(files.has(model.file)).toBe(true);
        buildGraph(project);
      }),
      { numRuns: 300 },
    );
  });

  it('gives properties whose offsets are where they stand in the text', () => {
    fc.assert(
      fc.property(modelText, ([start, more]) => {
        const text = start + more;
        const block = readBlock(text, 'f.sql');
        if (!block.ok) expectPlace(text, block.problem.place);
        for (const property of (block.ok && block.value?.properties) || []) {
          expect(text.slice(property.start, property.start + property.name.length).toLowerCase()).toBe(
            property.name,
          );
          expect(text.slice(property.valueStart, property.end)).toBe(property.value);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes any text of audits, briefs, sources, config and values', () => {
    fc.assert(
      fc.property(yamlText, soup, (yaml, words) => {
        const audits = `AUDIT (${words}`;
        for (const problem of readAudits('audits/a.sql', audits).problems) expectPlace(audits, problem.place);
        for (const read of [
          readBrief('b.yaml', yaml),
          readSourceFile('s.yaml', yaml),
          readConfig('c.yaml', yaml),
        ])
          if (!read.ok) expectPlace(yaml, read.problem.place);
        expect(() => [listValue(words), pairsValue(words), plainValue(words)]).not.toThrow();
      }),
      { numRuns: 600 },
    );
  });

  it('takes a whole project of such texts, and none of them ends the others', () => {
    const good = 'MODEL (name mart.good, kind FULL);\nSELECT 1 AS one';
    fc.assert(
      fc.property(modelText, yamlText, ([start, more], yaml) => {
        const files = new Map([
          ['config.yaml', yaml],
          ['models/bad.sql', start + more],
          ['models/mart/good.sql', good],
          ['audits/bad.sql', more],
          ['sources/bad.yaml', yaml],
          ['backfills/bad.yaml', yaml],
        ]);
        expect(loadProject(files, 'folder').models.has('mart.good')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
