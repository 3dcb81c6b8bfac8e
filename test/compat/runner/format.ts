// A folder of cases: what a case file says, read strictly. A key that is not known here is kept as `unknown`, and never passes unseen.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readAudits } from '../rules/project-models';
import { inSchemas } from './in-schemas';

export type Span = readonly [string, string];
export type Ranges = readonly Span[];

export interface Missing {
  readonly count: number;
  readonly ranges: Ranges;
}

export interface PlanFacts {
  readonly new_environment: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly directly_modified: Readonly<Record<string, string>>;
  readonly indirectly_modified: Readonly<Record<string, string>>;
  readonly metadata_updated: Readonly<Record<string, string>>;
  readonly forward_only?: readonly string[];
  readonly restatements: Readonly<Record<string, Span>>;
  readonly missing_intervals: Readonly<Record<string, Missing>>;
}

export interface TestFacts {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly test: string; readonly model: string }[];
  readonly errors: readonly string[];
}

export interface AuditFacts {
  readonly model: string;
  readonly audit: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly failed_rows: number | null;
  readonly blocking: boolean;
  readonly times: number;
  readonly skipped?: boolean;
}

interface FailedModel {
  readonly reason: string;
  readonly audits?: readonly { readonly audit: string; readonly failed_rows: number }[];
  readonly error_type?: string;
  readonly message?: string;
}

export interface FailureFacts {
  readonly stage: string;
  readonly error_type?: string;
  readonly message?: string;
  readonly models?: Readonly<Record<string, FailedModel>>;
  readonly skipped_models?: readonly string[];
}

export interface DoneRow {
  readonly done: Ranges;
  readonly done_in_dev_table?: Ranges;
}

/** environment -> model -> what is done; null where a row is gone. */
export type IntervalRows = Readonly<Record<string, Readonly<Record<string, DoneRow | null>>>>;

export interface Expect {
  readonly ok: boolean;
  readonly outcome?: string;
  readonly plan?: PlanFacts;
  readonly executed?: Readonly<Record<string, Ranges>>;
  readonly tests?: TestFacts;
  readonly audits?: readonly AuditFacts[];
  readonly failure?: FailureFacts;
  readonly intervals?: IntervalRows;
  readonly relations?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, string>>;
}

export type Command = 'plan' | 'run' | 'test' | 'audit';
export type Options = Readonly<Record<string, unknown>>;

export interface Step {
  readonly number: number;
  readonly name: string;
  readonly edit?: string;
  readonly remove: readonly string[];
  /** the relations that were recorded; all of the virtual layer where it is left out */
  readonly check?: readonly string[];
  readonly command: Command;
  readonly options: Options;
  readonly expect: Expect;
  /** keys of the expectation that nobody here can judge, as dotted paths */
  readonly unknown: readonly string[];
}

export interface Case {
  readonly name: string;
  readonly dir: string;
  readonly steps: readonly Step[];
}

/** A case that can't be run as it stands, with the reason. */
export class UnreadableCase extends Error {}

const COMMANDS: readonly Command[] = ['plan', 'run', 'test', 'audit'];
const STEP_KEYS = new Set([...COMMANDS, 'name', 'note', 'edit', 'remove', 'check', 'expect']);

// What each object of an expectation may hold; '*' stands for any key, '[]' for the elements of a list.
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': ['ok', 'outcome', 'plan', 'executed', 'tests', 'audits', 'failure', 'intervals', 'relations', 'tables'],
  plan: [
    ...['new_environment', 'added', 'removed', 'directly_modified', 'indirectly_modified'],
    ...['metadata_updated', 'forward_only', 'restatements', 'missing_intervals'],
  ],
  'plan.missing_intervals.*': ['count', 'ranges'],
  tests: ['passed', 'failed', 'errors'],
  'tests.failed.[]': ['test', 'model'],
  'audits.[]': ['model', 'audit', 'args', 'failed_rows', 'blocking', 'times', 'skipped'],
  failure: ['stage', 'error_type', 'message', 'models', 'skipped_models'],
  'failure.models.*': ['reason', 'audits', 'error_type', 'message'],
  'failure.models.*.audits.[]': ['audit', 'failed_rows'],
  'intervals.*.*': ['done', 'done_in_dev_table'],
};
const NAMED = new Set([
  ...[
    'plan.missing_intervals',
    'plan.directly_modified',
    'plan.indirectly_modified',
    'plan.metadata_updated',
  ],
  ...['plan.restatements', 'executed', 'failure.models', 'intervals', 'intervals.*', 'relations', 'tables'],
  'audits.[].args',
]);

/** The cases of a folder: those named, else all of them. */
export function findCases(dir: string, names: readonly string[]): readonly string[] {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new UnreadableCase(`${dir} is no folder`);
  if (names.length > 0) return names;
  if (existsSync(join(dir, 'steps.yaml'))) return ['.'];
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => existsSync(join(dir, name, 'steps.yaml')))
    .sort();
}

/** Reads one case; throws UnreadableCase with the reason where it is none. */
export function readCase(dir: string, name: string): Case {
  const file = join(dir, 'steps.yaml');
  if (!existsSync(file)) throw new UnreadableCase(`${name} has no steps.yaml`);
  if (!existsSync(join(dir, 'project'))) throw new UnreadableCase(`${name} has no project/`);
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnreadableCase(`${name}/steps.yaml is no YAML: ${String(error).split('\n')[0]}`);
  }
  const steps = isRecord(document) ? document['steps'] : undefined;
  if (!Array.isArray(steps)) throw new UnreadableCase(`${name}/steps.yaml holds no list of steps`);
  if (steps.length === 0) throw new UnreadableCase(`${name}/steps.yaml holds no step`);
  const bare = standingAudits(dir);
  return { name, dir, steps: steps.map((step, index) => readStep(step, index + 1, { name, bare })) };
}

/** Audits that stand alone, now or after some step: their names are of no schema. */
function standingAudits(dir: string): ReadonlySet<string> {
  const edits = join(dir, 'edits');
  const later = existsSync(edits) ? readdirSync(edits).map((edit) => join(edits, edit)) : [];
  const all = [join(dir, 'project'), ...later].flatMap((folder) => [...readAudits(folder)]);
  return new Set(all.filter(([, { standalone }]) => standalone).map(([name]) => name));
}

function readStep(given: unknown, number: number, of: { name: string; bare: ReadonlySet<string> }): Step {
  const where = `${of.name} step ${number}`;
  if (!isRecord(given)) throw new UnreadableCase(`${where} is no step`);
  const strange = Object.keys(given).filter((key) => !STEP_KEYS.has(key));
  if (strange.length > 0) throw new UnreadableCase(`${where} says what is not known: ${strange.join(', ')}`);
  const found = COMMANDS.filter((command) => command in given);
  const [command] = found;
  if (!command || found.length > 1)
    throw new UnreadableCase(`${where} must have one command of ${COMMANDS.join(', ')}`);
  const expect = given['expect'];
  if (!isRecord(expect) || typeof expect['ok'] !== 'boolean')
    throw new UnreadableCase(`${where} says nothing of what is expected`);
  for (const key of ['relations', 'tables'])
    if (!isRecord(expect[key])) throw new UnreadableCase(`${where} expects no ${key}`);
  return {
    number,
    name: String(given['name'] ?? ''),
    ...(given['edit'] === undefined ? {} : { edit: String(given['edit']) }),
    remove: ((given['remove'] ?? []) as unknown[]).map(String),
    ...(Array.isArray(given['check']) ? { check: given['check'].map(String) } : {}),
    command,
    options: (given[command] ?? {}) as Options,
    expect: inSchemas(expect, of.bare) as unknown as Expect,
    unknown: unknownKeys(expect, '', ''),
  };
}

function unknownKeys(value: unknown, shape: string, path: string): string[] {
  const below = (parent: string, key: string) => (parent === '' ? key : `${parent}.${key}`);
  if (Array.isArray(value))
    return KNOWN[below(shape, '[]')]
      ? value.flatMap((item, index) => unknownKeys(item, below(shape, '[]'), below(path, String(index))))
      : [];
  if (!isRecord(value)) return [];
  const known = KNOWN[shape];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (known && !known.includes(key)) return [below(path, key)];
    return unknownKeys(inner, below(shape, NAMED.has(shape) ? '*' : key), below(path, key));
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
