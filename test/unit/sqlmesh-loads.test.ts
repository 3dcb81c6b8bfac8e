import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildGraph } from '../../shared/plan/graph';
import { editBlock } from '../../shared/project/edit-block';
import { loadProject, type Project } from '../../shared/project/load';
import type { Model } from '../../shared/project/model';

interface Case {
  readonly name: string;
  readonly model?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly folder?: string;
}
interface Recorded {
  readonly ok: boolean;
  readonly models: Readonly<Record<string, Record<string, unknown>>>;
  readonly audits: Readonly<Record<string, Record<string, unknown>>>;
}

const folder = join(__dirname, '..', 'fixtures', 'sqlmesh-loads');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const cases = parse(read('cases.yaml')) as readonly Case[];
const recorded = JSON.parse(read('recorded.json')) as Readonly<Record<string, Recorded>>;
const CONFIG =
  'gateways:\n  local:\n    connection:\n      type: duckdb\n      database: db.duckdb\ndefault_gateway: local\nmodel_defaults:\n  dialect: duckdb\n  start: 2024-01-01\n';

/** Where Teal refuses what SQLMesh takes: it would be nothing that can be filled. */
const REFUSED = ['a name of four parts'];

function filesOf(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const texts = paths.filter((path) => /\.(sql|yaml)$/.test(path));
  return Object.fromEntries(texts.map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}

function load(one: Case): Project {
  const own = one.folder ? filesOf(join(__dirname, '..', '..', one.folder)) : one.files;
  const files = { 'config.yaml': CONFIG, ...(own ?? { 'models/a.sql': one.model ?? '' }) };
  return loadProject(new Map(Object.entries(files)), 'x', { now: 0, env: () => undefined });
}

const plain = (text: string) => text.replaceAll('"', '').toLowerCase().replace(/\s+/g, ' ');
/** A table that the model's own statements make; to SQLMesh it is one from outside. */
const TEMPORARY = 'default.w';
const sorted = (record: Readonly<Record<string, unknown>>) => Object.keys(record).toSorted();

/** A model as the recording tells of it. */
function told(model: Model): Record<string, unknown> {
  return {
    cron: model.cron,
    cron_tz: model.cronZone,
    interval_unit: model.intervalUnit,
    start: model.start,
    owner: model.owner || null,
    stamp: model.stamp || null,
    description: model.description || null,
    tags: model.tags,
    allow_partials: model.allowPartials,
    columns: model.columns.map((column) => column.name),
    column_descriptions: model.columnDescriptions,
    audits: model.audits.map((audit) => audit.name),
    depends_on: model.parents.toSorted(),
    depends_on_self: model.readsItself,
    before: model.before.length,
    after: model.after.length,
    virtual: model.onVirtualUpdate.length,
    definitions: model.definitions.length,
    partitioned_by: model.partitionedBy.map(plain),
    on: model.grain,
  };
}

function expected(model: Record<string, unknown>): Record<string, unknown> {
  const { kind: _, ...rest } = model;
  return {
    ...rest,
    cron_tz: model['cron_tz'] === 'UTC' ? null : model['cron_tz'],
    columns: Object.keys(model['columns'] as object),
    audits: (model['audits'] as [string][]).map(([name]) => name),
    depends_on: (model['depends_on'] as string[]).filter((name) => name !== TEMPORARY),
    partitioned_by: (model['partitioned_by'] as string[]).map(plain),
    on: (model['on'] as string[]).map(plain),
  };
}

/** Each property of a kind under SQLMesh's name. */
function toldKind(model: Model): Record<string, unknown> {
  const { kind } = model;
  const value = kind as unknown as Readonly<Record<string, unknown>>;
  const names: Readonly<Record<string, string>> = {
    batch_size: 'batchSize',
    batch_concurrency: 'batchConcurrency',
    forward_only: 'forwardOnly',
    disable_restatement: 'disableRestatement',
    on_destructive_change: 'onDestructiveChange',
    on_additive_change: 'onAdditiveChange',
    auto_restatement_cron: 'autoRestatementCron',
    auto_restatement_intervals: 'autoRestatementIntervals',
    partition_by_time_column: 'partitionByTimeColumn',
    valid_from_name: 'validFrom',
    valid_to_name: 'validTo',
    time_data_type: 'timeType',
    invalidate_hard_deletes: 'invalidateHardDeletes',
    updated_at_name: 'updatedAt',
    updated_at_as_valid_from: 'updatedAtAsValidFrom',
    execution_time_as_valid_from: 'executionTimeAsValidFrom',
    materialized: 'materialized',
  };
  return {
    name: kind.name,
    ...Object.fromEntries(
      Object.entries(names).flatMap(([name, ours]) => (ours in kind ? [[name, value[ours]]] : [])),
    ),
    ...('lookback' in kind ? { lookback: kind.lookback || null } : {}),
    ...('timeColumn' in kind ? { time_column: [kind.timeColumn, kind.timeFormat ?? '%Y-%m-%d'] } : {}),
    ...('uniqueKey' in kind ? { unique_key: kind.uniqueKey.map(plain) } : {}),
    ...('columns' in kind ? { columns: kind.columns ?? ['*'] } : {}),
    ...('whenMatched' in kind ? { when_matched: kind.whenMatched !== null } : {}),
    ...('mergeFilter' in kind ? { merge_filter: kind.mergeFilter !== null } : {}),
    ...('csv' in kind ? { csv_settings: sorted(kind.csv) } : {}),
  };
}

function expectedKind(kind: Readonly<Record<string, unknown>>, ours: Record<string, unknown>) {
  const settings = kind['csv_settings'];
  const all: Record<string, unknown> = {
    ...kind,
    name: kind['name'] === 'SCD_TYPE_2' ? 'SCD_TYPE_2_BY_TIME' : kind['name'],
    ...('unique_key' in kind ? { unique_key: (kind['unique_key'] as string[]).map(plain) } : {}),
    when_matched: kind['when_matched'] !== null,
    merge_filter: kind['merge_filter'] !== null,
    ...(settings ? { csv_settings: sorted(settings as object as Record<string, unknown>) } : {}),
  };
  return Object.fromEntries(Object.keys(ours).map((name) => [name, all[name] ?? null]));
}

describe('a project is read as SQLMesh reads it', () => {
  it('in every case that was recorded', () => {
    expect(cases.map((one) => one.name)).toEqual(Object.keys(recorded));
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const project = load(one);
    const theirs = recorded[name] as Recorded;
    if (!theirs.ok || REFUSED.includes(name)) {
      const [problem] = project.problems;
      expect(problem).toBeDefined();
      expect(problem?.place?.file).toBeDefined();
      return;
    }
    expect(project.problems).toEqual([]);
    expect([...project.models.keys()].toSorted()).toEqual(sorted(theirs.models));
    for (const model of project.models.values()) {
      const other = theirs.models[model.name] ?? {};
      expect(told(model)).toEqual(expected(other));
      const kind = toldKind(model);
      expect(kind).toEqual(expectedKind(other['kind'] as Record<string, unknown>, kind));
    }
    const audits = [...project.audits.values()].map((audit) => [
      audit.name,
      {
        blocking: audit.blocking,
        skip: audit.skip,
        defaults: audit.defaults,
        definitions: audit.definitions.length,
      },
    ]);
    expect(Object.fromEntries(audits)).toEqual(theirs.audits);
    const known = buildGraph(project).problems.filter(({ code }) => code !== 'model.unknown_parent');
    expect(known).toEqual([]);
  });

  it('and no property of it is changed by setting it to what it is', () => {
    for (const one of cases) {
      for (const model of load(one).models.values()) {
        const changes = model.properties.map(({ name, value }) => ({ name, value }));
        expect(editBlock(model.text, changes)).toEqual({ ok: true, value: model.text });
      }
    }
  });
});
