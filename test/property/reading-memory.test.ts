import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftProject } from '../../shared/plan/editions/draft-project';
import { buildGraph } from '../../shared/plan/graph';
import { loadProject } from '../../shared/project/load';
import {
  isSameMemory,
  type ReadingMemory,
  readMemory,
  writeMemory,
} from '../../shared/service/reading-memory';

type Files = ReadonlyMap<string, string>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function read(files: Files, before?: ReadingMemory) {
  const project = loadProject(
    files,
    'shop',
    { now: Date.UTC(2025, 5, 1), env: () => undefined },
    before?.reading,
  );
  const graph = buildGraph(project);
  const drafting = { sha256, seeds: (path: string) => files.get(path) ?? '' };
  const drafted = draftProject(project, graph.order, drafting, before?.drafted);
  const { reading, ...rest } = project;
  const drafts = [...drafted.records].map(([name, { draft }]) => [name, draft]);
  return { seen: { project: rest, graph, drafts }, memory: { reading, drafted } };
}

/** What each file may be; null: not there. The first is how a project begins. */
const FILES: Readonly<Record<string, readonly (string | null)[]>> = {
  'config.yaml': [
    "model_defaults: {dialect: duckdb, start: '2025-01-01'}\nvariables: {rate: 2, least: 0}\n",
    "model_defaults: {dialect: duckdb, start: '2025-01-01'}\nvariables: {rate: 3, least: 0}\n",
    "model_defaults: {dialect: duckdb, start: '2025-02-01', cron: '@hourly'}\nvariables: {rate: 2, least: .inf}\n",
    'model_defaults: {dialect: duckdb, start: 1 week ago}\nvariables: {rate: 2, least: null}\n',
    'model_defaults: {\n',
  ],
  'audits/all.sql': [
    "AUDIT (name above);\nSELECT * FROM @this_model WHERE v < @VAR('least');\n",
    'AUDIT (name above, blocking false);\nSELECT * FROM @this_model WHERE v < @least;\n',
    'AUDIT (name other);\nSELECT 1',
    null,
  ],
  'seeds/start.csv': ['id,v\n1,2\n', 'id,v\n1,3\n', 'id,v,w\n1,2,3\n', null],
  'macros/own.py': [null, '@macro()\ndef twice(evaluator, x):\n  return x\n', 'x = 1\n'],
  'external_models.yaml': [null, '- name: other.t\n  columns: {id: INT}\n', '- name: shop.star\n'],
  'models/seed.sql': [
    "MODEL (name shop.start, kind SEED (path '../seeds/start.csv'), columns (id INT, v INT));\n",
    "MODEL (name shop.start, kind SEED (path '../seeds/start.csv'));\n",
    null,
  ],
  'models/star.sql': [
    'MODEL (name shop.star, kind VIEW, audits (above));\nSELECT * FROM shop.start\n',
    'MODEL (name shop.star, kind EMBEDDED);\nSELECT * FROM shop.start\n',
    'MODEL (name shop.star, kind FULL, start 1 week ago);\nSELECT *, @twice(1) AS t FROM shop.start\n',
    'MODEL (name shop.star, kind FULL);\n-- only words\nSELECT id, v AS v2 FROM shop.start\n',
  ],
  'models/below.sql': [
    'MODEL (name shop.below, kind FULL);\n@DEF(x, 1);\nSELECT *, @rate * @x AS r FROM shop.star\n',
    'MODEL (name shop.below, kind FULL);\nSELECT @STAR(shop.start, a) FROM shop.star AS a\n',
    'MODEL (name shop.below, kind FULL);\nSELECT * FROM shop.nothing\n',
    'MODEL (name shop.below, kind FULL;\nSELECT',
  ],
  'models/last.sql': [
    'MODEL (name shop.last, kind INCREMENTAL_BY_TIME_RANGE (time_column d), audits (not_null(columns := (d))));\n' +
      "SELECT *, @start_dt AS d FROM shop.below WHERE 'a' < @end_ds\n",
    'MODEL (name @{env}.last, kind FULL, blueprints ((env := shop), (env := back)));\nSELECT *, @env AS e FROM shop.below\n',
    'MODEL (name shop.star, kind FULL);\nSELECT 1 AS id\n',
    null,
  ],
};

const anyEdit = fc
  .constantFrom(...Object.keys(FILES))
  .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(FILES[path] ?? []))));

function edited(files: Files, [path, text]: readonly [string, string | null]): Files {
  const next = new Map(files);
  if (text === null) next.delete(path);
  else next.set(path, text);
  return next;
}

const first: Files = new Map(
  Object.entries(FILES).flatMap(([path, [text]]) =>
    typeof text === 'string' ? [[path, text] as const] : [],
  ),
);

describe('what is remembered of a reading', () => {
  it('never changes what a project is read as, whichever files were edited since', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (edits) => {
        let files = first;
        let { memory } = read(files);
        for (const edit of edits) {
          files = edited(files, edit);
          const text = writeMemory(memory);
          const warm = read(files, memory);
          expect(warm.seen).toEqual(read(files).seen);
          if (text !== null) expect(read(files, readMemory(text)).seen).toEqual(warm.seen);
          memory = warm.memory;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same again where nothing was edited, so that nothing is written down', () => {
    const { memory } = read(first);
    expect(isSameMemory(read(first, memory).memory, memory)).toBe(true);
    const kept = readMemory(writeMemory(memory) ?? '');
    expect(isSameMemory(read(first, kept).memory, kept)).toBe(true);
    const edit = ['seeds/start.csv', 'id,v\n9,9\n'] as const;
    expect(isSameMemory(read(edited(first, edit), kept).memory, kept)).toBe(false);
  });

  it('drafts only the edited model and those that look at it anew', () => {
    const { memory } = read(first);
    const edit = [
      'models/below.sql',
      'MODEL (name shop.below, kind FULL);\nSELECT 1 AS one FROM shop.star\n',
    ] as const;
    const { records } = read(edited(first, edit), memory).memory.drafted;
    const kept = [...records].filter(([name, record]) => memory.drafted.records.get(name) === record);
    expect(kept.map(([name]) => name)).toEqual(['shop.start', 'shop.star']);
    expect([...records.keys()]).toEqual(['shop.start', 'shop.star', 'shop.below', 'shop.last']);
  });

  it('holds no model whose start moves with the clock', () => {
    const files = new Map([
      ['config.yaml', 'model_defaults: {dialect: duckdb}\n'],
      ['models/a.sql', 'MODEL (name m.a, kind FULL, start yesterday);\nSELECT 1 AS id\n'],
      ['models/b.sql', "MODEL (name m.b, kind FULL, start '2025-01-01');\nSELECT 1 AS id\n"],
    ]);
    expect([...read(files).memory.reading.files.keys()]).toEqual(['models/b.sql']);
  });
});
