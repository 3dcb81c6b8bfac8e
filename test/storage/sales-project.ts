import type { Files } from './projects';

export interface Shape {
  /** what every value is multiplied by: the logic that tests change */
  readonly factor?: number;
  /** what every sum of a day is multiplied by */
  readonly dailyFactor?: number;
  /** days that the models compute again with every run */
  readonly lookback?: number;
  readonly batchSize?: number;
  /** more columns of the events, as SQL after a comma */
  readonly more?: string;
}

/** Rows a day that `raw/events.csv` of `eventsOf` has. */
const ROWS_A_DAY = 4;

/**
 * Four days and more of events: one table kept by time, one table of days above it, one keyed table, one whole table and one view, so
 * that sums over all of them agree whenever a reader sees one state.
 */
export function salesProject(shape: Shape = {}): Files {
  return {
    'models/stg/events.sql': eventsModel(shape),
    'models/mart/daily.sql': dailyModel(shape),
    'models/mart/latest.sql': latestModel(shape),
    'models/mart/total.sql': `MODEL (name mart.total, kind FULL);
SELECT count(*) AS n, sum(v)::BIGINT AS v FROM stg.events
`,
    'models/mart/shown.sql': `MODEL (name mart.shown, kind VIEW);
SELECT day, v FROM mart.daily AS d
`,
  };
}

export function eventsModel({ factor = 1, lookback = 0, batchSize = 1, more = '' }: Shape): string {
  return `MODEL (
  name stg.events,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size ${batchSize}${lookbackOf(lookback)}),
  grain (day, k)
);
SELECT day::DATE AS day, k::INTEGER AS k, (v * ${factor})::BIGINT AS v${more}
FROM read_csv('raw/events.csv', header = true)
WHERE day BETWEEN @start_ds AND @end_ds
`;
}

export function dailyModel({ lookback = 0, batchSize = 1, dailyFactor = 1 }: Shape): string {
  return `MODEL (
  name mart.daily,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size ${batchSize}${lookbackOf(lookback)}),
  grain day
);
SELECT day, (sum(v) * ${dailyFactor})::BIGINT AS v, count(*) AS n FROM stg.events WHERE day BETWEEN @start_date AND @end_date GROUP BY day
`;
}

function lookbackOf(days: number): string {
  return days > 0 ? `, lookback ${days}` : '';
}

function latestModel({ lookback = 0, batchSize = 1 }: Shape): string {
  return `MODEL (
  name mart.latest,
  kind INCREMENTAL_BY_UNIQUE_KEY (unique_key k, batch_size ${batchSize}${lookbackOf(lookback)})
);
SELECT k, max(day) AS day, max_by(v, day) AS v FROM stg.events WHERE day BETWEEN @start_date AND @end_date GROUP BY k
`;
}

/** Events of days from 2025-01-01 on: value 1,000 times the day and the key, plus what a test adds. */
export function eventsOf(days: number, added = 0): Files {
  const rows = ['day,k,v'];
  for (let day = 1; day <= days; day++)
    for (let k = 1; k <= ROWS_A_DAY; k++) rows.push(`${dayText(day)},${k},${day * 1000 + k + added}`);
  return { 'raw/events.csv': `${rows.join('\n')}\n` };
}

/** Day 1 is 2025-01-01. */
export function dayText(day: number): string {
  return new Date(Date.UTC(2025, 0, day)).toISOString().slice(0, 10);
}

/** One row whose figures agree whenever the models show one state; `schema` suffix for environments. */
export function figures(environment = ''): string {
  const name = (schema: string, table: string) => `${schema}${environment}.${table}`;
  return `SELECT (SELECT sum(v) FROM ${name('stg', 'events')})::BIGINT AS events,
    (SELECT sum(v) FROM ${name('mart', 'daily')})::BIGINT AS daily,
    (SELECT sum(v) FROM ${name('mart', 'shown')})::BIGINT AS shown,
    (SELECT v FROM ${name('mart', 'total')}) AS total,
    (SELECT max(day) FROM ${name('stg', 'events')})::VARCHAR AS last_event,
    (SELECT max(day) FROM ${name('mart', 'latest')})::VARCHAR AS last_latest,
    (SELECT v FROM ${name('mart', 'latest')} WHERE k = 1) AS latest,
    (SELECT v FROM ${name('stg', 'events')} WHERE k = 1 ORDER BY day DESC LIMIT 1) AS newest`;
}
