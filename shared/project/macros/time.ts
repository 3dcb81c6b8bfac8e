import { DAY, toDay, toIso } from '../../base/time';
import { sql } from '../../sql/sql';
import type { MacroContext } from './context';

const FORMS = 'date|ds|ts|tstz|dt|dtntz|epoch|millis|hour';
const TIME_VARIABLE = new RegExp(`^(start|end|execution|latest)_(${FORMS})$`);

/** Whether a name in lower case is one of SQLMesh's time variables. */
export function isTimeVariable(name: string): boolean {
  return TIME_VARIABLE.test(name);
}

/** The SQL of a time variable, as SQLMesh renders it ("Predefined variables"): ends are inclusive. */
export function timeVariable(name: string, context: MacroContext): string | undefined {
  const [, which, form] = TIME_VARIABLE.exec(name) ?? [];
  if (!which || !form) return undefined;
  if (context.timeRange === false && (which === 'start' || which === 'end')) return undefined;
  if (which === 'start') return timeForm(form, context.start, false);
  return which === 'end' ? timeForm(form, context.end, true) : timeForm(form, context.executionTime, false);
}

function timeForm(form: string, time: number, inclusiveEnd: boolean): string | undefined {
  const millis = inclusiveEnd ? time - 1 : time;
  const day = toDay(millis);
  const [stamp = ''] = toIso(millis).replace('T', ' ').split('.');
  const fraction = inclusiveEnd ? `.${toIso(millis).slice(20, 23)}999` : `.${toIso(millis).slice(20, 23)}000`;
  const moment = fraction === '.000000' ? stamp : `${stamp}${fraction}`;
  const forms: Readonly<Record<string, () => string>> = {
    date: () => sql`CAST(${day} AS DATE)`.text,
    ds: () => sql`${day}`.text,
    ts: () => sql`${moment}`.text,
    tstz: () => sql`${`${moment}+00:00`}`.text,
    dt: () => sql`CAST(${`${moment}+00:00`} AS TIMESTAMPTZ)`.text,
    dtntz: () => sql`CAST(${moment} AS TIMESTAMP)`.text,
    epoch: () => (millis % 1000 === 0 ? `${millis / 1000}.0` : String(millis / 1000)),
    millis: () => String(millis),
    hour: () => String(Math.floor((((millis % DAY) + DAY) % DAY) / 3_600_000)),
  };
  return forms[form]?.();
}
