import { closest } from '../base/closest';
import type { Result } from '../base/result';
import { ok } from '../base/result';
import { codeTokens } from '../sql/lexer';
import { pairsValue, plainValue } from './block';
import { columnName, columnOf, expressionValue } from './block-values';
import { type Flaw, type PropertyReader, readProperties, timeColumnOf } from './kind-properties';
import type { History, Incremental, ModelKind, SchemaChange } from './model';

/** What config.yaml gives to kinds that do not say it themselves. */
export interface KindDefaults {
  readonly onDestructiveChange?: SchemaChange;
  readonly onAdditiveChange?: SchemaChange;
  readonly batchConcurrency?: number;
}

type Read = (properties: PropertyReader, defaults: KindDefaults) => ModelKind;

const CHANGES = ['on_destructive_change', 'on_additive_change', 'auto_restatement_cron'];
const BATCHES = [
  'batch_size',
  'batch_concurrency',
  'lookback',
  'forward_only',
  'disable_restatement',
  'dialect',
];
const HISTORY = [
  ...['unique_key', 'valid_from_name', 'valid_to_name', 'invalidate_hard_deletes', 'time_data_type'],
  ...['batch_size', 'forward_only', 'disable_restatement', 'updated_at_name', 'dialect'],
];

const KINDS: Readonly<Record<string, { readonly has: readonly string[]; readonly read: Read }>> = {
  FULL: { has: [], read: () => ({ name: 'FULL' }) },
  EMBEDDED: { has: [], read: () => ({ name: 'EMBEDDED' }) },
  VIEW: {
    has: ['materialized'],
    read: (of) => ({ name: 'VIEW', materialized: of.flag('materialized', false) }),
  },
  SEED: { has: ['path', 'batch_size', 'csv_settings'], read: readSeed },
  INCREMENTAL_BY_TIME_RANGE: {
    has: [...CHANGES, ...BATCHES, 'time_column', 'auto_restatement_intervals', 'partition_by_time_column'],
    read: readTimeRange,
  },
  INCREMENTAL_BY_UNIQUE_KEY: {
    has: [...CHANGES, ...BATCHES, 'unique_key', 'when_matched', 'merge_filter'],
    read: readUniqueKey,
  },
  INCREMENTAL_BY_PARTITION: {
    has: [...CHANGES, 'forward_only', 'disable_restatement'],
    read: readPartition,
  },
  SCD_TYPE_2: { has: [...CHANGES, ...HISTORY, 'updated_at_as_valid_from'], read: readByTime },
  SCD_TYPE_2_BY_TIME: { has: [...CHANGES, ...HISTORY, 'updated_at_as_valid_from'], read: readByTime },
  SCD_TYPE_2_BY_COLUMN: {
    has: [...CHANGES, ...HISTORY, 'columns', 'execution_time_as_valid_from'],
    read: readByColumn,
  },
};

const OUTSIDE: Readonly<Record<string, string>> = {
  INCREMENTAL_UNMANAGED: 'its rows are only ever added to, so that they cannot be computed again',
  MANAGED: 'DuckDB has no such tables',
  EXTERNAL: 'external tables stand in external_models.yaml',
  CUSTOM: 'its materialization is written in Python',
  DBT_CUSTOM: 'its materialization is written in Python',
};

const CSV = ['delimiter', 'quotechar', 'doublequote', 'escapechar', 'skipinitialspace', 'lineterminator'];
const CSV_SETTINGS = [...CSV, 'encoding', 'na_values', 'keep_default_na'];
const ESCAPES: Readonly<Record<string, string>> = { '\\t': '\t', '\\n': '\n', '\\r': '\r', '\\\\': '\\' };

/** The names of the properties that a kind may have in its brackets. */
export function propertiesOfKind(kind: string): readonly string[] {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind]?.has ?? []) : [];
}

/** Reads the text of a `kind` property, such as `FULL` or `INCREMENTAL_BY_TIME_RANGE (time_column ds)`. */
export function readKind(
  value: string,
  defaults: KindDefaults = {},
): Result<ModelKind> | ({ ok: false } & Flaw) {
  const [first, open] = codeTokens(value);
  const word = (first?.text ?? '').toUpperCase();
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  if (!kind) return { ok: false, ...unknownKind(word) };
  if (open && (open.text !== '(' || kind.has.length === 0)) {
    const message = `${word} takes no properties, and ${open.text} follows it.`;
    return { ok: false, problem: { code: 'model.invalid', message }, offset: open.start };
  }
  const properties = readProperties(word, open ? value.slice(open.start) : '()', kind.has);
  const inner = kind.read(properties, defaults);
  const flaw = properties.first();
  return flaw ? { ok: false, problem: flaw.problem, offset: (open?.start ?? 0) + flaw.offset } : ok(inner);
}

function unknownKind(word: string): Flaw {
  const why = OUTSIDE[word];
  if (why) {
    const message = `Teal cannot fill models of kind ${word}: ${why}.`;
    const remedy = 'Models that do not read this one still work.';
    return { problem: { code: 'model.unsupported', message, remedy }, offset: 0 };
  }
  const near = closest(word, Object.keys(KINDS));
  const remedy = near ? `Did you mean ${near}?` : `Use one of ${Object.keys(KINDS).join(', ')}.`;
  const message = `There is no kind ${word || '(empty)'}.`;
  return { problem: { code: 'model.invalid', message, remedy }, offset: 0 };
}

function readSeed(of: PropertyReader): ModelKind {
  if (!of.has('path'))
    of.flaw(
      'A SEED needs the path of its CSV file.',
      undefined,
      "Write kind SEED (path '../seeds/name.csv').",
    );
  of.count('batch_size');
  const settings = pairsValue(of.text('csv_settings') ?? '()');
  for (const { name } of settings)
    if (!CSV_SETTINGS.includes(name)) of.flaw(`csv_settings has no ${name}.`, 'csv_settings');
  const csv = settings.map(({ name, value }) => {
    const plain = plainValue(value);
    return [name, ESCAPES[plain] ?? plain];
  });
  const path = plainValue(of.text('path') ?? '').replaceAll('\\', '/');
  return { name: 'SEED', path, csv: Object.fromEntries(csv) };
}

function readTimeRange(of: PropertyReader, defaults: KindDefaults): ModelKind {
  const { column, format } = timeColumnOf(of.text('time_column') ?? '()');
  if (!column)
    of.flaw(
      'INCREMENTAL_BY_TIME_RANGE needs a time_column.',
      'time_column',
      'Write kind INCREMENTAL_BY_TIME_RANGE (time_column ds).',
    );
  return {
    name: 'INCREMENTAL_BY_TIME_RANGE',
    timeColumn: column,
    timeFormat: format,
    ...readIncremental(of, defaults),
    batchConcurrency: of.count('batch_concurrency') ?? defaults.batchConcurrency ?? null,
    partitionByTimeColumn: of.flag('partition_by_time_column', true),
    autoRestatementIntervals: of.count('auto_restatement_intervals'),
  };
}

function readUniqueKey(of: PropertyReader, defaults: KindDefaults): ModelKind {
  if ((of.count('batch_concurrency') ?? 1) !== 1)
    of.flaw('batch_concurrency of INCREMENTAL_BY_UNIQUE_KEY is always 1.', 'batch_concurrency');
  return {
    name: 'INCREMENTAL_BY_UNIQUE_KEY',
    uniqueKey: readKey('INCREMENTAL_BY_UNIQUE_KEY', of),
    whenMatched: clausesOf(of),
    mergeFilter: of.text('merge_filter'),
    ...readIncremental(of, defaults),
    batchConcurrency: 1,
  };
}

function readPartition(of: PropertyReader, defaults: KindDefaults): ModelKind {
  if (of.has('forward_only'))
    of.flaw('INCREMENTAL_BY_PARTITION is always forward_only.', 'forward_only', 'Leave forward_only out.');
  return {
    name: 'INCREMENTAL_BY_PARTITION',
    ...readIncremental(of, defaults),
    forwardOnly: true,
  };
}

function readByTime(of: PropertyReader, defaults: KindDefaults): ModelKind {
  return {
    name: 'SCD_TYPE_2_BY_TIME',
    ...readHistory('SCD_TYPE_2_BY_TIME', of, defaults),
    updatedAt: of.column('updated_at_name', 'updated_at'),
    updatedAtAsValidFrom: of.flag('updated_at_as_valid_from', false),
  };
}

function readByColumn(of: PropertyReader, defaults: KindDefaults): ModelKind {
  const columns = of.text('columns');
  if (columns === null)
    of.flaw('SCD_TYPE_2_BY_COLUMN needs columns.', undefined, 'Write columns [a, b], or columns *.');
  return {
    name: 'SCD_TYPE_2_BY_COLUMN',
    ...readHistory('SCD_TYPE_2_BY_COLUMN', of, defaults),
    columns: /^[([]?\s*\*\s*[)\]]?$/.test(columns ?? '*') ? null : of.expressions('columns').map(nameIn),
    updatedAt: of.has('updated_at_name') ? of.column('updated_at_name', '') : null,
    executionTimeAsValidFrom: of.flag('execution_time_as_valid_from', false),
  };
}

function readHistory(kind: string, of: PropertyReader, defaults: KindDefaults): History {
  return {
    ...readIncremental(of, defaults),
    forwardOnly: of.flag('forward_only', true),
    disableRestatement: of.flag('disable_restatement', true),
    uniqueKey: readKey(kind, of),
    validFrom: of.column('valid_from_name', 'valid_from'),
    validTo: of.column('valid_to_name', 'valid_to'),
    timeType: plainValue(of.text('time_data_type') ?? 'TIMESTAMP').toUpperCase(),
    invalidateHardDeletes: of.flag('invalidate_hard_deletes', false),
  };
}

function readIncremental(of: PropertyReader, defaults: KindDefaults): Incremental {
  return {
    batchSize: of.count('batch_size'),
    batchConcurrency: null,
    lookback: of.count('lookback') ?? 0,
    forwardOnly: of.flag('forward_only', false),
    disableRestatement: of.flag('disable_restatement', false),
    onDestructiveChange: of.schemaChange('on_destructive_change', defaults.onDestructiveChange ?? 'error'),
    onAdditiveChange: of.schemaChange('on_additive_change', defaults.onAdditiveChange ?? 'allow'),
    autoRestatementCron: of.cron('auto_restatement_cron'),
  };
}

function readKey(kind: string, of: PropertyReader): readonly string[] {
  const key = of.expressions('unique_key');
  if (key.length === 0)
    of.flaw(`${kind} needs a unique_key.`, 'unique_key', `Write kind ${kind} (unique_key id).`);
  return key;
}

/** The WHEN clauses, out of the parentheses that may stand around them all. */
function clausesOf(of: PropertyReader): string | null {
  const text = of.text('when_matched');
  if (text === null) return null;
  const clauses = text.startsWith('(') ? text.slice(1, -1).trim() : text;
  if (!/^when\s+(not\s+)?matched\b/i.test(clauses))
    of.flaw(
      'when_matched must be WHEN MATCHED clauses.',
      'when_matched',
      'Write when_matched (WHEN MATCHED THEN UPDATE SET ...).',
    );
  return clauses;
}

function nameIn(expression: string): string {
  return columnOf(expression)?.toLowerCase() ?? columnName(expressionValue(expression));
}
