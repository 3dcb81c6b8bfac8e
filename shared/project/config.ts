import * as z from 'zod/mini';
import { ok, type Result } from '../base/result';
import { parseMoment } from './moment';
import type { ModelDefaults } from './read-model';
import { readYaml } from './yaml-file';

const configSchema = z.looseObject({
  project: z.optional(z.string()),
  model_defaults: z.optional(
    z.looseObject({
      dialect: z.optional(z.string()),
      start: z.optional(z.union([z.string(), z.date()])),
      cron: z.optional(z.string()),
      kind: z.optional(z.union([z.string(), z.looseObject({ name: z.string() })])),
    }),
  ),
  variables: z.optional(z.record(z.string(), z.unknown())),
});

/** The part of `config.yaml` that Teal uses; the rest is left to SQLMesh. */
export interface ProjectConfig {
  readonly project: string;
  readonly defaults: ModelDefaults;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function readConfig(path: string, text: string): Result<ProjectConfig> {
  const parsed = readYaml({ path, text, code: 'config.invalid' }, configSchema);
  if (!parsed.ok) return parsed;
  const defaults = parsed.value.model_defaults ?? {};
  const start = defaults.start instanceof Date ? defaults.start.getTime() : parseMoment(defaults.start ?? '');
  const kind = typeof defaults.kind === 'object' ? defaults.kind.name : (defaults.kind ?? 'VIEW');
  return ok({
    project: parsed.value.project ?? '',
    defaults: { start, cron: defaults.cron ?? '@daily', kind },
    variables: Object.fromEntries(
      Object.entries(parsed.value.variables ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  });
}
