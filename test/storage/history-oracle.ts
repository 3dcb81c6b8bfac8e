/** What one model's version holds, for the tables of `salesProject`. */
interface ByDay {
  readonly logic: string;
  readonly days: ReadonlyMap<number, number>;
}

interface Keyed {
  readonly logic: string;
  readonly covered: ReadonlySet<number>;
  /** the day whose rows it shows, and what its values were multiplied by */
  readonly day: number;
  readonly factor: number;
}

/** What a reader must see of all models: factors of events by day, sums by day, and so on. */
export interface Content {
  readonly 'stg.events': ByDay;
  readonly 'mart.daily': ByDay;
  readonly 'mart.shown': ByDay;
  readonly 'mart.total': number;
  readonly 'mart.latest': Keyed;
}

export type ModelName = keyof Content;

/** The logic of the files: what events are multiplied by, and what sums of days are. */
export interface Logic {
  readonly events: number;
  readonly daily: number;
}

export interface Asked {
  readonly logic: Logic;
  /** first day that is not over yet */
  readonly today: number;
  readonly lookback: number;
  /** first and last day, both included; null: the whole history */
  readonly scope: readonly [number, number] | null;
  /** where anything is missing, the last days of the history are looked at again too, as SQLMesh has it; a backfill does not */
  readonly looksBack?: boolean;
}

/** The sum of a day's four values, 1,000 times the day and the key. */
function daySum(day: number): number {
  return 4 * day * 1000 + 10;
}

/** Nothing of any model. */
export const EMPTY: Content = {
  'stg.events': { logic: '', days: new Map() },
  'mart.daily': { logic: '', days: new Map() },
  'mart.shown': { logic: '', days: new Map() },
  'mart.total': 0,
  'mart.latest': { logic: '', covered: new Set(), day: 0, factor: 0 },
};

/** What an environment must show after a plan that starts from `start`; it knows days and logic, and nothing of segments. */
export function planned(asked: Asked, start: Content = EMPTY): Content {
  const { logic } = asked;
  const events = start['stg.events'];
  const eventsLogic = String(logic.events);
  const eventDays = new Map(events.days);
  for (const day of computed(asked, events.logic === eventsLogic, events.days))
    eventDays.set(day, logic.events);
  const factor = (day: number) => eventDays.get(day) ?? 0;

  const daily = start['mart.daily'];
  const dailyLogic = `${logic.events}/${logic.daily}`;
  const dailyDays = new Map(daily.days);
  for (const day of computed(asked, daily.logic === dailyLogic, daily.days)) {
    if (eventDays.has(day)) dailyDays.set(day, daySum(day) * factor(day) * logic.daily);
  }
  const nextDaily = { logic: dailyLogic, days: dailyDays };

  const latest = start['mart.latest'];
  const merged = computed(asked, latest.logic === eventsLogic, latest.covered);
  const shown = merged.filter((day) => eventDays.has(day)).at(-1) ?? latest.day;
  return {
    'stg.events': { logic: eventsLogic, days: eventDays },
    'mart.daily': nextDaily,
    'mart.shown': nextDaily,
    'mart.total': [...eventDays].reduce((sum, [day, times]) => sum + daySum(day) * times, 0),
    'mart.latest': {
      logic: eventsLogic,
      covered: new Set([...latest.covered, ...merged]),
      day: shown,
      factor: merged.length > 0 ? factor(shown) : latest.factor,
    },
  };
}

/** Days that a model computes: all in scope where its logic changed, else what is missing with the lookback before. */
function computed(asked: Asked, unchanged: boolean, held: { has(day: number): boolean }): readonly number[] {
  const history = Array.from({ length: asked.today - 1 }, (_, index) => index + 1);
  const { scope } = asked;
  const inScope = (day: number) => !scope || (day >= scope[0] && day <= scope[1]);
  if (!unchanged) return history.filter(inScope);
  const missing = history.filter((day) => inScope(day) && !held.has(day));
  const first = missing[0];
  const last = history.at(-1) ?? 0;
  const again = (day: number) => {
    if (first === undefined) return false;
    if (!asked.looksBack) return day < first && day >= first - asked.lookback;
    const later = day + asked.lookback;
    return day >= first - asked.lookback && (later > last || missing.includes(later));
  };
  return history.filter((day) => inScope(day) && (!held.has(day) || again(day)));
}

/** The rows that the query of `contentQuery` must give. */
export function expectedRows(content: Content): unknown {
  const sorted = (days: ReadonlyMap<number, number>) => [...days].toSorted(([a], [b]) => a - b);
  const { day, factor } = content['mart.latest'];
  return {
    events: sorted(content['stg.events'].days).map(([at, times]) => [at, daySum(at) * times]),
    daily: sorted(content['mart.daily'].days),
    shown: sorted(content['mart.shown'].days),
    total: content['mart.total'],
    latest: [1, 2, 3, 4].map((key) => [key, day, (day * 1000 + key) * factor]),
  };
}

const list = (table: string, pair: string) => `(SELECT coalesce(string_agg(${pair}, ' '), '') FROM ${table})`;

/** One row of texts with all rows of all models. */
export const contentQuery = `SELECT
  ${list('(SELECT day, sum(v)::BIGINT AS v FROM stg.events GROUP BY day) AS e', "lpad(day(day)::VARCHAR, 2, '0') || ':' || v")} AS events,
  ${list('mart.daily', "lpad(day(day)::VARCHAR, 2, '0') || ':' || v")} AS daily,
  ${list('mart.shown', "lpad(day(day)::VARCHAR, 2, '0') || ':' || v")} AS shown,
  (SELECT v FROM mart.total)::VARCHAR AS total,
  ${list('mart.latest', "k || ':' || day(day) || ':' || v")} AS latest`;

/** The row of `contentQuery` in the shape of `expectedRows`. */
export function foundRows(row: readonly unknown[]): unknown {
  const [events, daily, shown, total, latest] = row.map(String);
  const numbers = (text = '') =>
    text
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => part.split(':').map(Number))
      .toSorted(([a = 0], [b = 0]) => a - b);
  return {
    events: numbers(events),
    daily: numbers(daily),
    shown: numbers(shown),
    total: Number(total),
    latest: numbers(latest),
  };
}
