import { closest } from '../base/closest';
import type { Problem } from '../base/errors';

/** Settings of SQLMesh that Teal reads, or that say nothing of what a project's rows are. */
const KNOWN = [
  ...[
    'gateways',
    'gateway',
    'default_connection',
    'default_test_connection',
    'default_scheduler',
    'default_gateway',
  ],
  ...[
    'project',
    'snapshot_ttl',
    'environment_ttl',
    'ignore_patterns',
    'time_column_format',
    'users',
    'model_defaults',
  ],
  ...['pinned_environments', 'loader', 'loader_kwargs', 'env_vars', 'username', 'infer_python_dependencies'],
  ...[
    'default_target_environment',
    'log_limit',
    'cicd_bot',
    'run',
    'format',
    'ui',
    'plan',
    'migration',
    'model_naming',
  ],
  ...[
    'variables',
    'disable_anonymized_analytics',
    'before_all',
    'after_all',
    'linter',
    'janitor',
    'cache_dir',
    'dbt',
  ],
];

/** Settings that would change what comes out elsewhere, with what Teal does whatever they say. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  environment_suffix_target: 'Views of an environment lie in a schema of its own, such as mart__dev',
  physical_schema_mapping: 'Teal keeps its tables in schemas of its own',
  physical_table_naming_convention: 'Teal gives its tables names of its own',
  environment_catalog_mapping: 'All environments lie in the one warehouse of the project',
  virtual_environment_mode: 'Every environment is made of views',
  gateway_managed_virtual_layer: 'All models are filled in the one warehouse of the project',
  notification_targets: 'Nobody is told of plans and runs',
};

const DEFAULTS: Readonly<Record<string, string>> = {
  environment_suffix_target: 'schema',
  virtual_environment_mode: 'full',
  physical_table_naming_convention: 'schema_and_table',
  gateway_managed_virtual_layer: 'false',
};

/** What a configuration says in vain: settings that nobody knows, and those that have no effect in Teal. */
export function configNotes(
  yaml: Readonly<Record<string, unknown>>,
  file: { readonly path: string; readonly text: string },
): readonly Problem[] {
  return Object.entries(yaml).flatMap(([key, value]) => {
    const place = { file: file.path, line: lineOf(file.text, key), column: 1 };
    if (Object.hasOwn(WITHOUT_EFFECT, key)) return hasDefault(key, value) ? [] : [withoutEffect(key, place)];
    if (KNOWN.includes(key)) return [];
    const close = closest(key, [...KNOWN, ...Object.keys(WITHOUT_EFFECT)]);
    return [
      {
        code: 'config.invalid' as const,
        message: `A configuration has no ${key}.`,
        place,
        kept: 'The rest of the file is used.',
        remedy: close ? `Did you mean ${close}?` : 'Take it out.',
      },
    ];
  });
}

function hasDefault(key: string, value: unknown): boolean {
  const text = String(value ?? '').toLowerCase();
  const isEmpty = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return isEmpty || text === DEFAULTS[key];
}

function withoutEffect(key: string, place: NonNullable<Problem['place']>): Problem {
  return {
    code: 'config.unused',
    message: `${key} has no effect here: ${lowerFirst(WITHOUT_EFFECT[key] ?? '')}.`,
    place,
    kept: 'The rest of the file is used; SQLMesh heeds this setting too.',
  };
}

function lowerFirst(text: string): string {
  return text.startsWith('Teal') ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

function lineOf(text: string, key: string): number {
  return Math.max(1, text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1);
}
