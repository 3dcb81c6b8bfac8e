import type { Problem } from '../base/errors';
import { ok, type Result } from '../base/result';
import { readAuditCalls } from './audit-calls';
import { configNotes } from './config-notes';
import { type ConfigYaml, configSchema } from './config-schema';
import { fillTemplate } from './config-template';
import { readKeeping } from './keeping';
import type { AuditCall } from './model';
import type { ModelDefaults } from './model-defaults';
import { parseMoment, parseNumber, parseRelative } from './moment';
import { readRawBlock } from './raw-block';
import { readYaml } from './yaml-file';

type Mode = 'full' | 'semi' | 'off';

/** How changes of models of each sort are put into a category: by the planner, by asking where it is not sure, or by hand. */
interface Categorizing {
  readonly external: Mode;
  readonly sql: Mode;
  readonly seed: Mode;
}

/** How plans are made where nothing else is asked for. */
export interface PlanSettings {
  readonly categorize: Categorizing;
  readonly forwardOnly: boolean;
  readonly includeUnmodified: boolean;
  readonly enablePreview: boolean;
  readonly noDiff: boolean;
  readonly noPrompts: boolean;
  readonly autoApply: boolean;
  readonly useFinalizedState: boolean;
  readonly alwaysRecreate: boolean;
}

/** How SQL is laid out by `format`. */
interface FormatSettings {
  readonly normalize: boolean;
  readonly pad: number;
  readonly indent: number;
  readonly normalizeFunctions: string | boolean | null;
  readonly leadingComma: boolean;
  readonly maxTextWidth: number;
  readonly appendNewline: boolean;
  readonly rewriteCasts: boolean;
}

interface EnvironmentSettings {
  readonly snapshotTtl: string;
  readonly environmentTtl: string | null;
  readonly pinned: readonly string[];
  readonly defaultTarget: string;
  readonly suffix: 'schema' | 'table' | 'catalog';
}

/** Rules of the linter by name, in lower case; `ALL` is `all`. */
interface LinterSettings {
  readonly enabled: boolean;
  readonly rules: readonly string[];
  readonly warnings: readonly string[];
  readonly ignored: readonly string[];
}

/** The part of `config.yaml` that Teal uses; the rest is left to SQLMesh. */
export interface ProjectConfig {
  readonly project: string;
  readonly defaults: ModelDefaults;
  /** the project's variables, those of the gateway over them; names in lower case */
  readonly variables: Readonly<Record<string, unknown>>;
  /** the gateway that is used, and the catalog that its models lie in for SQLMesh */
  readonly gateway: string;
  readonly catalog: string | null;
  readonly timeFormat: string | null;
  readonly ignorePatterns: readonly string[];
  readonly inferNames: boolean;
  readonly environments: EnvironmentSettings;
  readonly plan: PlanSettings;
  readonly format: FormatSettings;
  readonly linter: LinterSettings;
  /** statements of every plan and run, without those that make the views of raw data for SQLMesh */
  readonly beforeAll: readonly string[];
  readonly afterAll: readonly string[];
  /** what was understood and cannot be heeded */
  readonly notes: readonly Problem[];
}

/** What a project's files cannot say: the moment, and the machine's variables. */
export interface Surroundings {
  readonly now: number;
  readonly env: (name: string) => string | undefined;
}

const DEFAULTS = [
  ...['kind', 'dialect', 'cron', 'cron_tz', 'owner', 'start', 'table_format', 'storage_format'],
  ...['on_destructive_change', 'on_additive_change', 'physical_properties', 'virtual_properties'],
  ...['session_properties', 'audits', 'optimize_query', 'allow_partials', 'interval_unit', 'enabled'],
  ...['formatting', 'batch_concurrency', 'pre_statements', 'post_statements', 'on_virtual_update', 'gateway'],
];

export function readConfig(
  path: string,
  text: string,
  around: Surroundings = { now: 0, env: () => undefined },
): Result<ProjectConfig> {
  const filled = fillTemplate({ path, text }, around.env);
  if (!filled.ok) return filled;
  const parsed = readYaml({ path, text: filled.value, code: 'config.invalid' }, configSchema);
  return parsed.ok ? ok(configOf(parsed.value, { path, text: filled.value }, around)) : parsed;
}

/** What holds where there is no config that can be read. */
export function emptyConfig(): ProjectConfig {
  return configOf(configSchema.parse({}), { path: '', text: '' }, { now: 0, env: () => undefined });
}

function configOf(
  yaml: ConfigYaml,
  file: { path: string; text: string },
  around: Surroundings,
): ProjectConfig {
  const gateway = gatewayOf(yaml);
  const { defaults, notes } = defaultsOf(yaml, file, around.now);
  const own = new Set(readRawBlock(file.text));
  return {
    project: yaml.project ?? '',
    defaults: gateway.name ? { ...defaults, gateway: gateway.name } : defaults,
    variables: {
      ...lowerKeys(yaml.variables ?? {}),
      ...lowerKeys(gateway.variables),
      ...(gateway.name ? { gateway: gateway.name } : {}),
    },
    gateway: gateway.name,
    catalog: gateway.catalog,
    timeFormat: yaml.time_column_format ?? null,
    ignorePatterns: ['.ipynb_checkpoints/*', ...(yaml.ignore_patterns ?? [])],
    inferNames: yaml.model_naming?.infer_names ?? false,
    environments: {
      snapshotTtl: yaml.snapshot_ttl,
      environmentTtl: yaml.environment_ttl,
      pinned: yaml.pinned_environments.map((name) => name.toLowerCase()),
      defaultTarget: yaml.default_target_environment.toLowerCase(),
      suffix: yaml.environment_suffix_target,
    },
    plan: planOf(yaml.plan ?? {}),
    format: formatOf(yaml.format ?? {}),
    linter: linterOf(yaml.linter ?? {}),
    beforeAll: (yaml.before_all ?? []).filter((statement) => !own.has(statement)),
    afterAll: yaml.after_all ?? [],
    notes: [...notes, ...configNotes(yaml, file), ...keepingNote(yaml, file), ...engineNote(gateway, file)],
  };
}

interface Gateway {
  readonly name: string;
  readonly engine: string;
  readonly catalog: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

function gatewayOf(yaml: ConfigYaml): Gateway {
  const all = (yaml.gateways ?? yaml.gateway ?? {}) as Record<string, unknown>;
  const single = 'connection' in all || 'variables' in all;
  const named = single ? {} : lowerKeys(all);
  const wanted = (yaml.default_gateway ?? '').toLowerCase();
  const name = single ? '' : wanted || (Object.keys(named)[0] ?? '');
  const found = (single ? all : named[name]) as
    | { connection?: ConfigYaml['default_connection']; variables?: Record<string, unknown> }
    | undefined;
  const connection = found?.connection ?? yaml.default_connection;
  return {
    name,
    engine: (connection?.type ?? 'duckdb').toLowerCase(),
    catalog: catalogOf(connection),
    variables: found?.variables ?? {},
  };
}

/** The catalog that DuckDB gives a database: its file's name without the ending. */
function catalogOf(connection: ConfigYaml['default_connection']): string | null {
  const database = connection?.database;
  if (!database) return Object.keys(connection?.catalogs ?? {})[0] ?? (connection ? 'memory' : null);
  const file = database.replaceAll(':memory:', 'memory').split(/[/\\]/).at(-1) ?? '';
  return file.replace(/(?<=.)\.[^.]*$/, '');
}

function engineNote(gateway: Gateway, file: { path: string; text: string }): readonly Problem[] {
  if (['duckdb', 'motherduck'].includes(gateway.engine)) return [];
  const line = file.text.split('\n').findIndex((one) => one.includes(gateway.engine)) + 1;
  return [
    {
      code: 'config.unused',
      message: `The gateway ${gateway.name || 'of this project'} is for ${gateway.engine}; Teal fills models in its own DuckDB.`,
      place: { file: file.path, line: Math.max(1, line), column: 1 },
      kept: 'That database is not touched.',
      remedy: 'Run the project there with SQLMesh, or add a gateway of type duckdb and make it the default.',
    },
  ];
}

function keepingNote(yaml: ConfigYaml, file: { path: string; text: string }): readonly Problem[] {
  const environments = { snapshotTtl: yaml.snapshot_ttl, environmentTtl: yaml.environment_ttl, pinned: [] };
  const read = readKeeping({ environments }, file.path);
  if (read.ok) return [];
  const key = read.problem.message.split(' ')[0] ?? '';
  const line = file.text.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1;
  const place = { file: file.path, line: Math.max(1, line), column: 1 };
  return [{ ...read.problem, place, kept: 'The rest of the file is used; nothing is removed.' }];
}

function defaultsOf(
  yaml: ConfigYaml,
  file: { path: string; text: string },
  now: number,
): { defaults: ModelDefaults; notes: readonly Problem[] } {
  const of = yaml.model_defaults ?? {};
  const noteAt = (key: string, message: string): Problem => {
    const line = file.text.split('\n').findIndex((one) => new RegExp(`^\\s+${key}\\s*:`).test(one)) + 1;
    const place = { file: file.path, line: Math.max(1, line), column: 1 };
    return { code: 'config.invalid', message, place, kept: 'The rest of the file is used.' };
  };
  const notes = Object.keys(of)
    .filter((key) => !DEFAULTS.includes(key))
    .map((key) => noteAt(key, `model_defaults has no ${key}.`));
  const start = startOf(of.start, now);
  if (of.start !== undefined && start.start === null)
    notes.push(noteAt('start', `start must be a date, not ${of.start}.`));
  const audits: AuditCall[] = [];
  for (const call of of.audits ?? []) {
    const read = readAuditCalls(call);
    if (read.ok) audits.push(...read.value);
    else notes.push(noteAt('audits', read.problem.message));
  }
  const kinds = {
    ...(of.on_destructive_change ? { onDestructiveChange: of.on_destructive_change } : {}),
    ...(of.on_additive_change ? { onAdditiveChange: of.on_additive_change } : {}),
    ...(of.batch_concurrency ? { batchConcurrency: of.batch_concurrency } : {}),
  };
  const defaults: ModelDefaults = {
    ...start,
    cron: of.cron ?? '@daily',
    kind: 'VIEW',
    kinds,
    audits,
    ...(of.cron_tz ? { cronZone: of.cron_tz } : {}),
    ...(of.interval_unit ? { intervalUnit: of.interval_unit } : {}),
    ...(of.dialect ? { dialect: of.dialect } : {}),
    ...(of.owner ? { owner: of.owner } : {}),
    ...(of.enabled === undefined ? {} : { enabled: of.enabled }),
    ...(of.allow_partials === undefined ? {} : { allowPartials: of.allow_partials }),
    ...(of.pre_statements ? { before: of.pre_statements } : {}),
    ...(of.post_statements ? { after: of.post_statements } : {}),
    ...(of.on_virtual_update ? { onVirtualUpdate: of.on_virtual_update } : {}),
  };
  return { defaults, notes };
}

function startOf(
  value: string | number | Date | undefined,
  now: number,
): Pick<ModelDefaults, 'start' | 'relativeStart'> {
  if (value === undefined) return { start: null };
  if (value instanceof Date) return { start: value.getTime() };
  const text = String(value);
  const fixed = parseMoment(text) ?? parseNumber(text);
  if (fixed !== null) return { start: fixed };
  const relative = parseRelative(text, now);
  return relative === null ? { start: null } : { start: relative, relativeStart: text };
}

function planOf(of: NonNullable<ConfigYaml['plan']>): PlanSettings {
  const modes = of.auto_categorize_changes ?? {};
  return {
    categorize: {
      external: modes.external ?? 'full',
      sql: modes.sql ?? 'full',
      seed: modes.seed ?? 'full',
    },
    forwardOnly: of.forward_only ?? false,
    includeUnmodified: of.include_unmodified ?? false,
    enablePreview: of.enable_preview ?? true,
    noDiff: of.no_diff ?? false,
    noPrompts: of.no_prompts ?? true,
    autoApply: of.auto_apply ?? false,
    useFinalizedState: of.use_finalized_state ?? false,
    alwaysRecreate: of.always_recreate_environment ?? false,
  };
}

function formatOf(of: NonNullable<ConfigYaml['format']>): FormatSettings {
  return {
    normalize: of.normalize ?? false,
    pad: of.pad ?? 2,
    indent: of.indent ?? 2,
    normalizeFunctions: of.normalize_functions ?? false,
    leadingComma: of.leading_comma ?? false,
    maxTextWidth: of.max_text_width ?? 80,
    appendNewline: of.append_newline ?? false,
    rewriteCasts: !(of.no_rewrite_casts ?? false),
  };
}

function linterOf(of: NonNullable<ConfigYaml['linter']>): LinterSettings {
  const names = (list: readonly string[] | undefined) => (list ?? []).map((name) => name.toLowerCase());
  return {
    enabled: of.enabled ?? false,
    rules: names(of.rules),
    warnings: names(of.warn_rules),
    ignored: names(of.ignored_rules),
  };
}

function lowerKeys(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}
