// One step judged: every member of the expectation against what the command line said and what the warehouse holds.
import { differences } from './differences';
import {
  type AuditFacts,
  type DoneRow,
  type FailureFacts,
  type IntervalRows,
  isRecord,
  type PlanFacts,
  type Ranges,
  type Step,
  type TestFacts,
} from './format';
import { rowDifferences } from './row-differences';
import type { Rows } from './rows';

/** What Teal must give after a step; SQLMesh's own facts where no deviation applies. */
export interface Expectation {
  readonly ok: boolean;
  readonly outcome: string | undefined;
  readonly plan: PlanFacts | undefined;
  readonly executed: Readonly<Record<string, Ranges>>;
  readonly tests: TestFacts | undefined;
  readonly audits: readonly AuditFacts[];
  readonly failure: FailureFacts | undefined;
  readonly intervals: IntervalRows;
  readonly relations: readonly string[];
  readonly tables: Readonly<Record<string, Rows>>;
}

export type State = Readonly<Record<string, Readonly<Record<string, DoneRow>>>>;

/** What was seen of Teal after a step; text stands for what could not be had, and says why. */
export interface Observation {
  readonly code: number | null;
  readonly document: Readonly<Record<string, unknown>> | null;
  readonly complaint: string | null;
  readonly before: State;
  readonly after: State | string;
  readonly relations: readonly string[] | string;
  readonly tables: Readonly<Record<string, Rows | string>>;
}

export interface Verdict {
  readonly key: string;
  /** what differs, a line each; none where all is equal */
  readonly differences: readonly string[];
  /** the deviations that set what was expected */
  readonly rules: readonly string[];
}

/** Keys of the verdicts of a command; `not judged` joins them where an expectation holds more. */
export function keysOf(command: Step['command']): readonly string[] {
  const shared = ['ok', 'executed', 'tests', 'audits', 'failure', 'intervals', 'relations', 'tables'];
  if (command === 'plan') return ['plan', ...shared];
  return command === 'run' ? ['outcome', ...shared] : shared;
}

// What a command's document need not say, as it never does such a thing.
const LACKING: Readonly<Record<Step['command'], readonly string[]>> = {
  plan: [],
  run: ['tests'],
  test: ['executed', 'audits'],
  audit: ['executed', 'tests'],
};

/** A verdict for each key. */
export function judge(
  step: Pick<Step, 'command' | 'unknown'>,
  expected: Expectation,
  seen: Observation,
): readonly Pick<Verdict, 'key' | 'differences'>[] {
  const judged = keysOf(step.command).map((key) => ({
    key,
    differences: judgeKey(key, step.command, expected, seen),
  }));
  const strange = step.unknown.map((key) => ({ key, differences: [`not judged: ${key}`] }));
  return [...judged, ...strange];
}

function judgeKey(key: string, command: Step['command'], expected: Expectation, seen: Observation): string[] {
  if (key === 'intervals') return judgeIntervals(expected.intervals, seen);
  if (key === 'relations')
    return typeof seen.relations === 'string'
      ? [seen.relations]
      : differences(expected.relations, seen.relations);
  if (key === 'tables') return judgeTables(expected.tables, seen.tables);
  const { document } = seen;
  if (seen.complaint !== null || document === null) return [seen.complaint ?? 'no document'];
  const member = key === 'plan' ? 'decision' : key;
  const silent = key === 'outcome' && expected.outcome === undefined;
  const mayLack = LACKING[command].includes(key) || key === 'failure' || key === 'plan' || silent;
  if (document[member] === undefined && !mayLack) return [`the document holds no ${member}`];
  if (key === 'ok') return judgeOk(expected.ok, document['ok'], seen.code);
  if (key === 'outcome') return differences(expected.outcome, document['outcome']);
  if (key === 'plan') return judgePlan(expected.plan, document['decision']);
  if (key === 'executed') return differences(expected.executed, document['executed'] ?? {});
  if (key === 'tests') return judgeTests(expected.tests, document['tests']);
  if (key === 'audits') return judgeAudits(expected.audits, document['audits'] ?? []);
  return judgeFailure(expected.failure, document['failure']);
}

function judgeOk(expected: boolean, actual: unknown, code: number | null): string[] {
  const lines = differences(expected, actual);
  if (lines.length === 0 && (code === 0) !== expected)
    lines.push(`ok is ${expected}, but the exit code is ${code}`);
  return lines;
}

function judgePlan(expected: PlanFacts | undefined, decision: unknown): string[] {
  if (!isRecord(decision)) return expected ? ['the document holds no decision'] : [];
  const actual = {
    new_environment: decision['newEnvironment'],
    added: decision['added'],
    removed: decision['removed'],
    directly_modified: decision['directlyModified'],
    indirectly_modified: decision['indirectlyModified'],
    metadata_updated: decision['metadataUpdated'],
    forward_only: decision['forwardOnly'] ?? [],
    restatements: decision['restatements'],
    missing_intervals: decision['missingIntervals'],
  };
  if (!expected) return [`unexpected: a plan was made`];
  return differences({ ...expected, forward_only: expected.forward_only ?? [] }, actual);
}

function judgeTests(expected: TestFacts | undefined, actual: unknown): string[] {
  const ran =
    isRecord(actual) && Object.values(actual).some((list) => Array.isArray(list) && list.length > 0);
  if (!ran)
    return expected
      ? [
          `no test ran: ${expected.passed.length + expected.failed.length + expected.errors.length} were expected`,
        ]
      : [];
  return expected ? differences(expected, actual) : [`unexpected: tests ran`];
}

function judgeAudits(expected: readonly AuditFacts[], actual: unknown): string[] {
  if (!Array.isArray(actual)) return ['the audits of the document are no list'];
  return differences(
    expected.map(auditText),
    actual.filter(isRecord).map((row) => auditText(auditFacts(row))),
  );
}

function auditFacts(row: Readonly<Record<string, unknown>>): AuditFacts {
  const skipped = row['skipped'] === true;
  return {
    model: String(row['model']),
    audit: String(row['audit']),
    ...(isRecord(row['args']) ? { args: row['args'] as Record<string, string> } : {}),
    failed_rows: skipped ? null : ((row['failedRows'] ?? null) as number | null),
    blocking: row['blocking'] as boolean,
    times: row['times'] as number,
    skipped,
  };
}

/** One audit's outcome on a line; arguments by name, their SQL without regard to blanks and, outside quotes, case. */
function auditText(facts: AuditFacts): string {
  const args = Object.entries(facts.args ?? {})
    .map(([name, sql]) => `${name.toLowerCase()} := ${plainSql(String(sql))}`)
    .sort();
  const outcome = facts.skipped ? 'skipped' : `failed rows ${facts.failed_rows}`;
  const blocking = facts.blocking ? 'blocking' : 'not blocking';
  return `${facts.model} ${facts.audit}(${args.join(', ')}): ${outcome}, ${blocking}, ${facts.times} times`;
}

function plainSql(sql: string): string {
  const pieces = sql.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w.]+|[^\s\w]/g) ?? [];
  return pieces.map((piece) => (/^['"]/.test(piece) ? piece : piece.toLowerCase())).join(' ');
}

function judgeFailure(expected: FailureFacts | undefined, actual: unknown): string[] {
  const failure = isRecord(actual) ? actual : undefined;
  if (!expected)
    return failure
      ? [`unexpected failure at ${String(failure['stage'])}: ${String(failure['message'])}`]
      : [];
  if (!failure) return [`missing: a failure at ${expected.stage}`];
  return differences(failureFacts(expected.stage, expected.models, expected.skipped_models), {
    ...failureFacts(String(failure['stage']), failure['models'], failure['skippedModels']),
  });
}

function failureFacts(stage: string, models: unknown, skipped: unknown): object {
  const rows = Object.entries(isRecord(models) ? models : {}).map(([model, given]) => {
    const { reason, audits } = given as { reason: string; audits?: readonly Record<string, unknown>[] };
    const found = (audits ?? []).map((row) => ({
      audit: row['audit'],
      failed_rows: row['failed_rows'] ?? row['failedRows'],
    }));
    return [model, reason === 'audit' ? { reason, audits: found } : { reason }];
  });
  return { stage, models: Object.fromEntries(rows), skipped_models: Array.isArray(skipped) ? skipped : [] };
}

function judgeIntervals(expected: IntervalRows, { before, after }: Observation): string[] {
  return typeof after === 'string' ? [after] : differences(expected, changedRows(before, after));
}

/** environment -> model -> row, for the rows that are new or differ; null where one is gone. */
export function changedRows(before: State, after: State): IntervalRows {
  const environments = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = environments.map((environment) => {
    const [old, now] = [before[environment] ?? {}, after[environment] ?? {}];
    const models = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    const rows = models.filter((model) => differences(old[model], now[model]).length > 0);
    return [environment, Object.fromEntries(rows.map((model) => [model, now[model] ?? null]))] as const;
  });
  return Object.fromEntries(changed.filter(([, rows]) => Object.keys(rows).length > 0));
}

function judgeTables(expected: Expectation['tables'], actual: Observation['tables']): string[] {
  return Object.entries(expected).flatMap(([relation, rows]) => {
    const seen = actual[relation] ?? 'is not there';
    const lines = typeof seen === 'string' ? [seen] : rowDifferences(rows, seen);
    return lines.map((line) => `${relation}: ${line}`);
  });
}
