import * as z from 'zod/mini';
import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import type { Interval } from '../base/time';
import { parseInclusiveEnd, parseMoment } from './moment';
import { readYaml } from './yaml-file';

const day = z.union([z.string(), z.date()]);

const briefSchema = z.looseObject({
  name: z.optional(z.string()),
  reason: z._default(
    z.optional(z.enum(['schema', 'incident', 'logic', 'late_data', 'migration', 'compliance'])),
    'logic',
  ),
  description: z._default(z.optional(z.string()), ''),
  models: z.array(z.string()).check(z.minLength(1)),
  downstream: z._default(z.optional(z.boolean()), true),
  start: z.optional(day),
  end: z.optional(day),
  environment: z.optional(z.string()),
  expect: z.optional(
    z.looseObject({
      models: z.optional(
        z.record(
          z.string(),
          z.looseObject({
            columns: z.optional(z.array(z.string())),
            max_changed: z.optional(z.union([z.string(), z.number()])),
            removed: z.optional(z.number()),
            added: z.optional(z.number()),
          }),
        ),
      ),
    }),
  ),
});

/** What was said beforehand about one model's change: the columns that may differ, shares (0 to 1) and counts of rows. */
export interface Expectation {
  readonly model: string;
  readonly columns: readonly string[] | null;
  readonly maxChanged: number | null;
  readonly added: number | null;
  readonly removed: number | null;
}

/** A backfill as `backfills/<name>.yaml` states it; times in ms UTC, the scope half-open. */
export interface Brief {
  readonly file: string;
  readonly name: string;
  readonly environment: string;
  readonly reason: string;
  readonly description: string;
  readonly models: readonly string[];
  readonly downstream: boolean;
  readonly scope: Interval | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly expect: readonly Expectation[];
}

export function readBrief(file: string, text: string): Result<Brief> {
  const parsed = readYaml({ path: file, text, code: 'brief.invalid' }, briefSchema);
  if (!parsed.ok) return parsed;
  const value = parsed.value;
  const stem = file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  const start = momentOf(value.start, parseMoment);
  const end = momentOf(value.end, parseInclusiveEnd);
  const invalid = (key: 'start' | 'end', message: string): Result<Brief> => {
    const line = text.split('\n').findIndex((one) => new RegExp(`^${key}\\s*:`).test(one)) + 1;
    const place = { file, line: Math.max(1, line), column: 1 };
    const kept = 'The file was left as it is.';
    return failed({ code: 'brief.invalid', message, place, kept } satisfies Problem);
  };
  if (start === undefined) return invalid('start', 'start must be a date, such as 2025-02-01.');
  if (end === undefined) return invalid('end', 'end must be a date, such as 2025-02-01.');
  if (start !== null && end !== null && end <= start) return invalid('end', 'end must not be before start.');
  return ok({
    file,
    name: value.name ?? stem,
    environment: value.environment ?? environmentName(stem),
    reason: value.reason,
    description: value.description.trim(),
    models: value.models.map((name) => name.toLowerCase()),
    downstream: value.downstream,
    scope: start !== null && end !== null ? { from: start, to: end } : null,
    start,
    end,
    expect: Object.entries(value.expect?.models ?? {}).map(([model, expected]) => ({
      model: model.toLowerCase(),
      columns: expected.columns ?? null,
      maxChanged: shareOf(expected.max_changed),
      added: expected.added ?? null,
      removed: expected.removed ?? null,
    })),
  });
}

/** An environment's name for a file's name: `fix-discount` gives `fix_discount`. */
function environmentName(stem: string): string {
  return stem.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
}

function momentOf(
  value: string | Date | undefined,
  parse: (text: string) => number | null,
): number | null | undefined {
  if (value === undefined) return null;
  const text = value instanceof Date ? value.toISOString().replace(/T00:00:00\.000Z$/, '') : value;
  return parse(text) ?? undefined;
}

function shareOf(value: string | number | undefined): number | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return value;
  const number = Number.parseFloat(value);
  return value.trim().endsWith('%') ? number / 100 : number;
}
