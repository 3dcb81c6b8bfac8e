import * as z from 'zod/mini';

const text = z.pipe(
  z.union([z.string(), z.number(), z.boolean()]),
  z.transform((value) => String(value)),
);
const flag = z.pipe(
  z.union([z.boolean(), z.string(), z.number()]),
  z.transform((value) => ['true', '1', 't', 'y', 'yes', 'on'].includes(String(value).toLowerCase())),
);
const list = z.pipe(
  z.union([z.array(text), text]),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);
const change = z.pipe(
  z.pipe(
    z.string(),
    z.transform((value) => value.toLowerCase()),
  ),
  z.enum(['error', 'warn', 'allow', 'ignore']),
);
const mode = z.enum(['full', 'semi', 'off']);
const connection = z.looseObject({
  type: z.optional(z.string()),
  database: z.optional(z.nullable(z.string())),
  catalogs: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});
const gateway = z.looseObject({
  connection: z.optional(connection),
  variables: z.optional(z.record(z.string(), z.unknown())),
});

const modelDefaults = z.looseObject({
  kind: z.optional(z.union([z.string(), z.looseObject({ name: z.string() })])),
  dialect: z.optional(z.nullable(z.string())),
  cron: z.optional(z.string()),
  cron_tz: z.optional(z.string()),
  owner: z.optional(text),
  start: z.optional(z.union([z.string(), z.number(), z.date()])),
  interval_unit: z.optional(z.string()),
  enabled: z.optional(flag),
  allow_partials: z.optional(flag),
  batch_concurrency: z.optional(z.number()),
  on_destructive_change: z.optional(change),
  on_additive_change: z.optional(change),
  audits: z.optional(z.array(z.string())),
  pre_statements: z.optional(list),
  post_statements: z.optional(list),
  on_virtual_update: z.optional(list),
  gateway: z.optional(z.string()),
});

/** The part of `config.yaml` that Teal reads; all else may stand there too. */
export const configSchema = z.looseObject({
  project: z.optional(text),
  gateways: z.optional(z.nullable(z.union([z.record(z.string(), gateway), gateway]))),
  gateway: z.optional(z.union([z.record(z.string(), gateway), gateway])),
  default_gateway: z.optional(z.string()),
  default_connection: z.optional(connection),
  model_defaults: z.optional(modelDefaults),
  variables: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  time_column_format: z.optional(z.string()),
  ignore_patterns: z.optional(list),
  model_naming: z.optional(z.looseObject({ infer_names: z.optional(flag) })),
  snapshot_ttl: z._default(z.optional(z.string()), 'in 1 week'),
  environment_ttl: z._default(z.optional(z.nullable(z.string())), 'in 1 week'),
  pinned_environments: z._default(z.optional(list), []),
  default_target_environment: z._default(z.optional(z.string()), 'prod'),
  environment_suffix_target: z._default(z.optional(z.enum(['schema', 'table', 'catalog'])), 'schema'),
  before_all: z._default(z.optional(z.nullable(list)), null),
  after_all: z._default(z.optional(z.nullable(list)), null),
  plan: z.optional(
    z.looseObject({
      auto_categorize_changes: z.optional(
        z.looseObject({
          external: z.optional(mode),
          python: z.optional(mode),
          sql: z.optional(mode),
          seed: z.optional(mode),
        }),
      ),
      forward_only: z.optional(flag),
      include_unmodified: z.optional(flag),
      enable_preview: z.optional(z.nullable(flag)),
      no_diff: z.optional(flag),
      no_prompts: z.optional(flag),
      auto_apply: z.optional(flag),
      use_finalized_state: z.optional(flag),
      always_recreate_environment: z.optional(flag),
    }),
  ),
  format: z.optional(
    z.looseObject({
      normalize: z.optional(flag),
      pad: z.optional(z.number()),
      indent: z.optional(z.number()),
      normalize_functions: z.optional(z.nullable(z.union([z.string(), z.boolean()]))),
      leading_comma: z.optional(flag),
      max_text_width: z.optional(z.number()),
      append_newline: z.optional(flag),
      no_rewrite_casts: z.optional(flag),
    }),
  ),
  linter: z.optional(
    z.looseObject({
      enabled: z.optional(flag),
      rules: z.optional(list),
      warn_rules: z.optional(list),
      ignored_rules: z.optional(list),
    }),
  ),
});

export type ConfigYaml = z.output<typeof configSchema>;
