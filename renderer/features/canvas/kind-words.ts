import type { KindName, ModelDetail } from '../../../shared/protocol/views/project';
import type { IconName } from '../../ui/icon';

type Setting = ModelDetail['settings'][number];

interface KindWords {
  readonly icon: IconName;
  /** short enough for a node */
  readonly title: string;
  /** what becomes of its rows, in a sentence */
  readonly meaning: string;
}

const KINDS: Readonly<Record<KindName, KindWords>> = {
  FULL: { icon: 'full', title: 'Full', meaning: 'The whole table is computed anew each time.' },
  VIEW: { icon: 'view', title: 'View', meaning: 'No rows are kept: the query runs whenever it is read.' },
  SEED: { icon: 'file', title: 'Seed', meaning: 'Its rows are a CSV file of the project.' },
  EMBEDDED: {
    icon: 'sql',
    title: 'Embedded',
    meaning: 'It has no table: its query is put into the models that read it.',
  },
  EXTERNAL: {
    icon: 'raw',
    title: 'External',
    meaning: 'Somebody else makes this table; models only read it.',
  },
  AUDIT: {
    icon: 'check',
    title: 'Audit',
    meaning: 'It looks at what it reads, by a cron of its own; nothing is made of it.',
  },
  INCREMENTAL_BY_TIME_RANGE: {
    icon: 'time',
    title: 'By time',
    meaning: 'Each interval of time is computed once and replaced as a whole where it is computed again.',
  },
  INCREMENTAL_BY_UNIQUE_KEY: {
    icon: 'key',
    title: 'By key',
    meaning: 'New rows replace those with the same key; all others stay.',
  },
  INCREMENTAL_BY_PARTITION: {
    icon: 'pivot',
    title: 'By partition',
    meaning: 'Partitions that the query gives rows for are replaced as a whole; all others stay.',
  },
  SCD_TYPE_2_BY_TIME: {
    icon: 'scd',
    title: 'History by time',
    meaning: 'Every state of a row is kept with the time it held, told apart by when the row was updated.',
  },
  SCD_TYPE_2_BY_COLUMN: {
    icon: 'scd',
    title: 'History by column',
    meaning: 'Every state of a row is kept with the time it held, told apart by the values of columns.',
  },
};

/** How a model of this kind is shown and what the kind means. */
export function wordsOfKind(kind: KindName): KindWords {
  return KINDS[kind];
}

/** What a property does, by its name in SQLMesh; the value is part of the sentence where that reads better. */
const MEANINGS: Readonly<Record<string, string | ((value: string) => string)>> = {
  time_column: (value) => `Rows belong to an interval by ${value}.`,
  time_format: 'How the time is written in the time column.',
  partition_by_time_column: yesNo(
    'The time column parts the table.',
    'The time column does not part the table.',
  ),
  unique_key: (value) => `Rows with equal ${value} are the same row.`,
  when_matched: 'What becomes of a row whose key is there already.',
  merge_filter: 'Only rows of the table that fit this are looked at.',
  batch_size: (value) =>
    `At most ${value} ${value === '1' ? 'interval is' : 'intervals are'} computed at once.`,
  batch_concurrency: (value) =>
    value === '1' ? 'One batch after the other.' : `At most ${value} batches at a time.`,
  lookback: (value) =>
    value === '0'
      ? 'Late rows are not looked for.'
      : `The last ${value === '1' ? 'interval is' : `${value} intervals are`} computed again, for late rows.`,
  forward_only: yesNo(
    'A change applies to rows computed from then on; the history stays.',
    'A change may compute the history again.',
  ),
  disable_restatement: yesNo('Its history cannot be computed again.', 'Its history may be computed again.'),
  on_destructive_change: (value) =>
    `A forward-only change that takes columns away: ${CHANGE_WORDS[value] ?? value}.`,
  on_additive_change: (value) => `A forward-only change that adds columns: ${CHANGE_WORDS[value] ?? value}.`,
  auto_restatement_cron: 'When rows are computed again by themselves.',
  auto_restatement_intervals: (value) => `So many intervals are computed again then: ${value}.`,
  materialized: yesNo('The engine keeps its rows.', 'The engine keeps no rows.'),
  path: 'The CSV file, from the folder of the model.',
  csv_settings: 'How the CSV file is written.',
  valid_from_name: (value) => `${value} says since when a state holds.`,
  valid_to_name: (value) => `${value} says until when; empty while it holds.`,
  time_data_type: 'The type of both.',
  updated_at_name: (value) => `${value} says when a row was updated.`,
  updated_at_as_valid_from: yesNo(
    'The first state holds since the row was updated.',
    'The first state holds since ever.',
  ),
  execution_time_as_valid_from: yesNo(
    'A first state holds since the run.',
    'A first state holds since ever.',
  ),
  invalidate_hard_deletes: yesNo('A row that is gone is closed.', 'A row that is gone stays open.'),
  columns: (value) =>
    value === '*' ? 'A change of any column is a new state.' : `A change of ${value} is a new state.`,
  cron: 'How often new rows are due.',
  cron_tz: 'The time zone that the cron is meant in.',
  interval_unit: 'The length of an interval, where the cron does not say it.',
  start: 'The first moment of its history.',
  end: 'The last moment of its history.',
  allow_partials: 'Intervals that are not over may be computed.',
  grain: (value) => `One row for each ${value}.`,
  partitioned_by: (value) => `The table is parted by ${value}.`,
  tags: 'For choosing models, as tag:name.',
  stamp: 'A new text here makes a new version.',
  blueprint: 'The values that this model was made with, out of several.',
};

const CHANGE_WORDS: Readonly<Record<string, string>> = {
  error: 'the plan is refused',
  warn: 'the plan says so and goes on',
  allow: 'the plan goes on',
  ignore: 'the columns of the table stay as they are',
};

const CRONS: Readonly<Record<string, string>> = {
  '@hourly': 'Every hour.',
  '@daily': 'Every day at midnight, UTC.',
  '@midnight': 'Every day at midnight, UTC.',
  '@weekly': 'Every Sunday at midnight, UTC.',
  '@monthly': 'On the first of every month, UTC.',
  '@yearly': 'On the first of January, UTC.',
  '@annually': 'On the first of January, UTC.',
};

/** What a property of this value means for the model's rows; empty where nothing is known of it. */
export function settingMeaning({ name, value }: Pick<Setting, 'name' | 'value'>): string {
  if (name === 'cron') return CRONS[value] ?? 'How often new rows are due.';
  const words = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
  return typeof words === 'function' ? words(value) : (words ?? '');
}

/** What a property is for, whatever its value; empty where that hangs on the value or nothing is known of it. */
export function settingPurpose(name: string): string {
  const words = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
  return typeof words === 'string' ? words : '';
}

function yesNo(yes: string, no: string) {
  return (value: string): string => (value === 'true' ? yes : no);
}
