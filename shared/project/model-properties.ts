import { closest } from '../base/closest';
import type { Problem } from '../base/errors';
import { isZone } from '../base/zone';
import { codeTokens } from '../sql/lexer';
import { positionOf } from '../sql/text';
import { readAuditCalls } from './audit-calls';
import { type BlockProperty, listValue, pairsValue, plainValue } from './block';
import { columnName, columnOf, expressionsValue, isTrue } from './block-values';
import type { AuditCall, Model, ModelKind } from './model';
import type { ModelDefaults } from './model-defaults';
import { parseInclusiveEnd, parseMoment, parseNumber, parseRelative } from './moment';
import { checkSchedule } from './schedule';

const KNOWN = [
  ...['name', 'kind', 'dialect', 'cron', 'cron_tz', 'interval_unit', 'start', 'end', 'owner', 'description'],
  ...['stamp', 'tags', 'grain', 'grains', 'references', 'depends_on', 'partitioned_by', 'clustered_by'],
  ...['columns', 'column_descriptions', 'audits', 'signals', 'allow_partials', 'enabled', 'gateway'],
  ...['physical_properties', 'table_properties', 'virtual_properties', 'session_properties', 'retention'],
  ...['physical_schema_override', 'physical_version', 'optimize_query', 'ignored_rules', 'formatting'],
  ...['table_format', 'storage_format', 'virtual_environment_mode', 'grants', 'grants_target_layer'],
  ...['blueprints', 'project'],
];

/** A MODEL block's properties with their macros expanded; a place is that of the author's text. */
export interface ModelProperties {
  readonly file: string;
  readonly text: string;
  readonly all: readonly BlockProperty[];
  /** where the block begins */
  readonly start: number;
  readonly value: (name: string) => string | undefined;
}

export type Described = Pick<
  Model,
  | ('cron' | 'cronZone' | 'intervalUnit' | 'start' | 'relativeStart' | 'end' | 'owner' | 'description')
  | ('stamp' | 'tags' | 'grain' | 'partitionedBy' | 'allowPartials' | 'columns' | 'columnDescriptions')
  | 'audits'
>;

/** A problem at a property of the block, or at its beginning. */
export function problemAt(of: ModelProperties, problem: Problem, name?: string, offset = 0): Problem {
  const property = of.all.findLast((one) => one.name === name);
  const at = property ? property.valueStart + offset : of.start;
  return { ...problem, place: { file: of.file, ...positionOf(of.text, at) } };
}

/** The first property that SQLMesh does not know, or that Teal cannot heed. */
export function refuseProperties(of: ModelProperties, defaults: ModelDefaults): Problem | undefined {
  const unknown = of.all.find(({ name }) => !KNOWN.includes(name));
  if (unknown) {
    const near = closest(unknown.name, KNOWN);
    return {
      code: 'model.invalid',
      message: `A MODEL block has no property ${unknown.name}.`,
      place: { file: of.file, ...positionOf(of.text, unknown.start) },
      remedy: near ? `Did you mean ${near}?` : 'Leave it out.',
    };
  }
  const dialect = plainValue(of.value('dialect') ?? defaults.dialect ?? 'duckdb').toLowerCase();
  const unsupported = (message: string, name: string, remedy?: string) =>
    problemAt(of, { code: 'model.unsupported', message, ...(remedy ? { remedy } : {}) }, name);
  if (dialect !== 'duckdb' && dialect !== '')
    return unsupported(`Teal runs models in DuckDB's dialect, not ${dialect}.`, 'dialect');
  const gateway = of.value('gateway');
  const name = gateway === undefined ? undefined : plainValue(gateway).toLowerCase();
  if (name !== undefined && defaults.gateway !== undefined && name !== defaults.gateway)
    return unsupported(`Teal fills models of the gateway ${defaults.gateway}, not of ${name}.`, 'gateway');
  if (listValue(of.value('signals') ?? '()').length > 0)
    return unsupported(
      'Signals are written in Python, which Teal does not run.',
      'signals',
      'Leave signals out.',
    );
  return undefined;
}

/** Reads what a block says beside name and kind. */
export function describeModel(
  of: ModelProperties,
  defaults: ModelDefaults,
  now: number,
): Described | Problem {
  const { value } = of;
  const plain = (name: string) => plainValue(value(name) ?? '');
  const cron = value('cron') === undefined ? defaults.cron : plain('cron');
  const unit = (
    value('interval_unit') === undefined ? defaults.intervalUnit : plain('interval_unit')
  )?.toLowerCase();
  const allowPartials =
    value('allow_partials') === undefined
      ? (defaults.allowPartials ?? false)
      : isTrue(plain('allow_partials'));
  const flaw = checkSchedule(cron, unit, allowPartials);
  if (flaw) return invalid(of, flaw.property, flaw.message, flaw.remedy);
  const moments = readMoments(of, defaults, now);
  if ('code' in moments) return moments;
  const audits = readAuditCalls(value('audits') ?? '()');
  if (!audits.ok) return problemAt(of, audits.problem, 'audits', 'offset' in audits ? audits.offset : 0);
  const zone = value('cron_tz') === undefined ? defaults.cronZone : plain('cron_tz');
  if (zone && !isZone(zone)) return invalid(of, 'cron_tz', `There is no time zone ${zone}.`);
  return {
    cron,
    cronZone: zone && zone !== 'UTC' ? zone : null,
    intervalUnit: unit ?? null,
    ...moments,
    owner: value('owner') === undefined ? (defaults.owner ?? '') : plain('owner'),
    description: value('description') === undefined ? leadingComment(of) : plain('description'),
    stamp: plain('stamp'),
    tags: listValue(value('tags') ?? '').map(plainValue),
    grain: [...listValue(value('grain') ?? ''), ...listValue(value('grains') ?? '')]
      .flatMap(listValue)
      .map(columnName),
    partitionedBy: expressionsValue(value('partitioned_by') ?? ''),
    allowPartials,
    columns: pairsValue(value('columns') ?? '()').map((pair) => ({ name: pair.name, type: pair.value })),
    columnDescriptions: Object.fromEntries(
      pairsValue(value('column_descriptions') ?? '()').map((pair) => [pair.name, plainValue(pair.value)]),
    ),
    audits: [...(defaults.audits ?? []), ...audits.value],
  };
}

/** What does not go together: a kind and the properties beside it. */
export function refuseCombination(
  of: ModelProperties,
  kind: ModelKind,
  described: Described,
): Problem | undefined {
  const { partitionedBy, audits } = described;
  const kept = kind.name !== 'EMBEDDED' && (kind.name !== 'VIEW' || kind.materialized);
  if (partitionedBy.length > 0 && !kept)
    return invalid(of, 'partitioned_by', `A model of kind ${kind.name} is not partitioned.`);
  if (kind.name === 'INCREMENTAL_BY_PARTITION' && partitionedBy.length === 0)
    return invalid(
      of,
      'kind',
      'INCREMENTAL_BY_PARTITION needs partitioned_by.',
      'Write partitioned_by (column) beside the kind.',
    );
  if (new Set(partitionedBy).size < partitionedBy.length)
    return invalid(of, 'partitioned_by', 'partitioned_by names a column twice.');
  const stated = new Set(described.columns.map(({ name }) => name));
  const absent = partitionedBy.map(columnOf).find((name) => name !== undefined && !stated.has(name));
  if (absent !== undefined && stated.size > 0)
    return invalid(of, 'partitioned_by', `The columns of the model have no ${absent}.`);
  const bare = partitionedBy.find((part) => !codeTokens(part).some(({ kind: token }) => token !== 'number'));
  if (bare !== undefined) return invalid(of, 'partitioned_by', `${bare} is no column.`);
  if (of.value('grain') !== undefined && of.value('grains') !== undefined)
    return invalid(of, 'grain', 'A model has a grain or grains, not both.');
  if (kind.name === 'EMBEDDED' && audits.length > 0)
    return invalid(of, 'audits', 'An embedded model has no rows of its own to audit.');
  const forwardOnly = 'forwardOnly' in kind && kind.forwardOnly;
  if (of.value('physical_version') !== undefined && !forwardOnly)
    return invalid(of, 'physical_version', 'Only a forward-only model may pin its physical_version.');
  return undefined;
}

function readMoments(
  of: ModelProperties,
  defaults: ModelDefaults,
  now: number,
): Pick<Model, 'start' | 'relativeStart' | 'end'> | Problem {
  const own = of.value('start');
  const text = plainValue(own ?? '');
  const start = own === undefined ? defaults.start : readMoment(text, now, parseMoment);
  const relativeStart =
    own === undefined ? (defaults.relativeStart ?? null) : parseRelative(text, now) === null ? null : text;
  if (own !== undefined && start === null) return invalid(of, 'start', `${text} is no date or time.`);
  const last = of.value('end');
  const end = last === undefined ? null : readMoment(plainValue(last), now, parseInclusiveEnd);
  if (last === undefined) return { start, relativeStart, end };
  if (end === null) return invalid(of, 'end', `${plainValue(last)} is no date or time.`);
  if (start === null) return invalid(of, 'end', 'A model with an end needs a start.');
  if (start > end) return invalid(of, 'end', 'The end of a model must not be before its start.');
  return { start, relativeStart, end };
}

function readMoment(text: string, now: number, parse: (text: string) => number | null): number | null {
  return parse(text) ?? parseNumber(text) ?? parseRelative(text, now);
}

/** The comments before the block, which describe the model where nothing else does. */
function leadingComment(of: ModelProperties): string {
  if (of.start === 0) return '';
  return of.text
    .slice(0, of.start)
    .split('\n')
    .map((line) => line.replace(/^\s*(--|\/\*+)?|\*\/\s*$/g, '').trim())
    .filter((line) => line !== '')
    .join('\n');
}

function invalid(of: ModelProperties, name: string, message: string, remedy?: string): Problem {
  return problemAt(of, { code: 'model.invalid', message, ...(remedy ? { remedy } : {}) }, name);
}

/** Audits that a model calls and nobody defines. */
export function unknownAudit(
  of: ModelProperties,
  audits: readonly AuditCall[],
  isKnown: (name: string) => boolean,
): Problem | undefined {
  const call = audits.find(({ name }) => !isKnown(name));
  return (
    call &&
    problemAt(
      of,
      {
        code: 'audit.invalid',
        message: `There is no audit ${call.name}.`,
        remedy: 'Correct the name, or write the audit in audits/ or below the query.',
      },
      'audits',
      of.value('audits')?.toLowerCase().indexOf(call.name) ?? 0,
    )
  );
}
