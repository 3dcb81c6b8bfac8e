import { DAY } from '../../base/time';
import { isIncremental, type Model } from '../../project/model';
import type { ModelDetail } from '../../protocol/views/project';

type Setting = ModelDetail['settings'][number];

/** What SQLMesh calls a property that is not only its field in other letters. */
const NAMES: Readonly<Record<string, string>> = {
  csv: 'csv_settings',
  validFrom: 'valid_from_name',
  validTo: 'valid_to_name',
  updatedAt: 'updated_at_name',
  timeType: 'time_data_type',
};

/** How a model is kept and when it is due, with SQLMesh's names and the defaults that apply; `given` where its own block says it. */
export function modelSettings(model: Model): Setting[] {
  const written = new Map(model.properties.map(({ name, value }) => [name.toLowerCase(), value]));
  const inKind = (written.get('kind') ?? '').toLowerCase();
  const { name: _kind, ...fields } = model.kind;
  const ofKind = Object.entries(fields).flatMap(([field, value]): Setting[] => {
    const name = nameOf(field);
    const text = field === 'columns' && value === null ? '*' : textOf(value);
    return text === null ? [] : [{ part: 'kind', name, value: text, given: says(inKind, name) }];
  });
  const schedule = Object.entries(scheduleOf(model)).flatMap(([name, value]): Setting[] =>
    value === null ? [] : [{ part: 'schedule', name, value, given: written.has(name) }],
  );
  const rows = Object.entries(rowsOf(model)).flatMap(([name, value]): Setting[] =>
    value === null ? [] : [{ part: 'rows', name, value, given: true }],
  );
  return [...ofKind, ...schedule, ...rows];
}

/** Whether a kind's changes only ever apply to rows that are computed from now on. */
export function isOnward({ kind }: Model): boolean {
  return isIncremental(kind) && kind.forwardOnly;
}

function scheduleOf(model: Model): Record<string, string | null> {
  return {
    cron: model.cron,
    cron_tz: model.cronZone,
    interval_unit: model.intervalUnit,
    start: model.relativeStart ?? momentText(model.start),
    end: momentText(lastOf(model.end)),
    allow_partials: model.allowPartials ? 'true' : null,
  };
}

function rowsOf(model: Model): Record<string, string | null> {
  const blueprint = Object.entries(model.blueprint).map(([name, value]) => `${name} = ${value}`);
  return {
    grain: textOf(model.grain),
    partitioned_by: textOf(model.partitionedBy),
    tags: textOf(model.tags),
    stamp: model.stamp || null,
    blueprint: textOf(blueprint),
  };
}

function nameOf(field: string): string {
  return NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function says(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** The last day of a history that ends with one, else the moment where it ends. */
function lastOf(end: number | null): number | null {
  return end !== null && end % DAY === 0 ? end - DAY : end;
}

function momentText(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString().replace(/T00:00:00\.000Z$/, '');
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ');
  if (typeof value !== 'object') return String(value);
  const pairs = Object.entries(value).map(([name, own]) => `${name} = ${JSON.stringify(own)}`);
  return pairs.length === 0 ? null : pairs.join(', ');
}
