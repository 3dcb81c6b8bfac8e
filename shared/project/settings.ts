import * as z from 'zod/mini';
import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { DAY } from '../base/time';
import type { ProjectFiles } from './load';
import { readYaml } from './yaml-file';

const names = z.optional(z.union([z.string(), z.array(z.string())]));

const schema = z.looseObject({
  linter: z.optional(
    z.nullable(
      z.looseObject({
        enabled: z._default(z.boolean(), false),
        rules: names,
        warn_rules: names,
        ignored_rules: names,
      }),
    ),
  ),
  format: z.optional(
    z.nullable(
      z.looseObject({
        indent: z.optional(z.number()),
        max_text_width: z.optional(z.number()),
        normalize_functions: z.optional(z.nullable(z.union([z.string(), z.boolean()]))),
        leading_comma: z.optional(z.boolean()),
        append_newline: z.optional(z.boolean()),
      }),
    ),
  ),
  environment_ttl: z.optional(z.nullable(z.string())),
  snapshot_ttl: z.optional(z.nullable(z.string())),
  pinned_environments: names,
});

type Format = NonNullable<z.output<typeof schema>['format']>;

/** What `config.yaml` says for the linter, the formatter and the cleaning; names in lower case. */
export interface Settings {
  readonly linter: {
    readonly enabled: boolean;
    readonly rules: readonly string[];
    readonly warnRules: readonly string[];
    readonly ignoredRules: readonly string[];
  };
  readonly format: Format;
  /** how long an environment stays after its last plan, in ms; null: for ever */
  readonly environmentTtl: number | null;
  /** how long a version is kept that nothing shows any more, in ms */
  readonly retention: number;
  readonly pinned: readonly string[];
}

const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

export function readSettings(files: ProjectFiles): Result<Settings> {
  const path = files.has('config.yaml') ? 'config.yaml' : 'config.yml';
  const read = readYaml({ path, text: files.get(path) ?? '', code: 'config.invalid' }, schema);
  if (!read.ok) return read;
  const { linter, format, environment_ttl, snapshot_ttl, pinned_environments } = read.value;
  const environmentTtl = durationOf(environment_ttl === undefined ? 'in 1 week' : environment_ttl);
  if (environmentTtl === undefined) return failed(badTtl(path, 'environment_ttl', environment_ttl));
  const retention = durationOf(snapshot_ttl ?? 'in 1 week');
  if (retention === undefined) return failed(badTtl(path, 'snapshot_ttl', snapshot_ttl));
  return ok({
    linter: {
      enabled: linter?.enabled ?? false,
      rules: lower(linter?.rules),
      warnRules: lower(linter?.warn_rules),
      ignoredRules: lower(linter?.ignored_rules),
    },
    format: format ?? {},
    environmentTtl,
    retention: retention ?? 7 * DAY,
    pinned: lower(pinned_environments),
  });
}

/** `in 1 week`, `30 days`, `2 weeks` in ms; null for none; undefined where it cannot be read. */
function durationOf(text: string | null): number | null | undefined {
  if (text === null) return null;
  const match = /^(?:in\s+)?(\d+|an?)\s+(second|minute|hour|day|week|month|year)s?$/i.exec(text.trim());
  if (!match) return undefined;
  const count = /^\d/.test(match[1] ?? '') ? Number(match[1]) : 1;
  return count * (UNITS[(match[2] ?? '').toLowerCase()] ?? DAY);
}

function badTtl(path: string, name: string, value: string | null | undefined): Problem {
  return {
    code: 'config.invalid',
    message: `${name} must be a span such as "in 1 week" or "in 30 days", not ${value}.`,
    place: { file: path },
    kept: 'Nothing was removed.',
  };
}

function lower(value: string | readonly string[] | undefined): readonly string[] {
  const list = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  return list.map((name) => name.toLowerCase());
}
