import type { Place, Problem } from '../base/errors';
import { ok, type Result } from '../base/result';
import type { Statement } from '../base/statement';
import { codeTokens } from '../sql/lexer';
import { id } from '../sql/sql';
import { cutStatements, type StatementSpan } from '../sql/text';
import { type Block, listValue, plainValue, propertyOf, readBlockOf } from './block';
import { isTrue } from './block-values';
import { type Blueprint, readBlueprints } from './blueprints';
import { isBuiltInAudit } from './built-in-audits';
import { isCronText } from './cron-text';
import { readKind } from './kind';
import type { BrokenModel, Model, ModelKind } from './model';
import { type Body, readBody, type SourceText } from './model-body';
import type { ModelDefaults } from './model-defaults';
import { nameOfPath, readName } from './model-name';
import {
  describeModel,
  type ModelProperties,
  problemAt,
  refuseCombination,
  refuseProperties,
  unknownAudit,
} from './model-properties';
import { expandLoading, type LoadingText, rangeMacroIn, readQuery } from './model-query';

/** What a project says of all its models. */
export interface ReadRules {
  readonly defaults: ModelDefaults;
  readonly variables: Readonly<Record<string, unknown>>;
  /** macros written in Python, by name in lower case, and where */
  readonly pythonMacros: ReadonlyMap<string, Place>;
  /** the strftime format of time columns that have none of their own */
  readonly timeFormat: string | null;
  /** the catalog that may stand before a model's name */
  readonly catalog: string | null;
  /** whether a file's place names a model that does not say its name */
  readonly inferNames: boolean;
  /** names of the audits of `audits/`; null where they are not known */
  readonly audits: ReadonlySet<string> | null;
  /** ms UTC, for starts such as `1 week ago` */
  readonly now: number;
}

/** Properties whose macros are expanded only when they are used. */
const LATE = ['audits', 'signals', 'physical_properties', 'virtual_properties', 'session_properties'];

/** Reads one model file: several models where it has blueprints, none where it is empty, has no MODEL block or is not enabled. */
export function readModels(file: string, text: string, rules: ReadRules): readonly (Model | BrokenModel)[] {
  const source: SourceText = { file, text };
  const broken = (problem: Problem, name = nameOfPath(file)) => [brokenModel(source, name, problem)];
  const tokens = codeTokens(text);
  const block = readBlockOf(tokens, source);
  if (!block.ok) return broken(block.problem);
  const own = block.value?.word === 'MODEL' ? block.value : rules.inferNames ? noBlock() : undefined;
  if (!own || tokens.length === 0) return [];
  const statements = cutStatements(tokens.filter((token) => token.start >= own.end));
  const plural = readPlural(source, own, rules);
  if (!plural.ok) return broken(plural.problem);
  return plural.value.flatMap(
    (blueprint) => readOne({ source, block: own, statements, blueprint, rules }) ?? [],
  );
}

/** Reads one model file with nothing but defaults; the first model where there are several. */
export function readModel(file: string, text: string, defaults: ModelDefaults): Model | BrokenModel | null {
  const none = { variables: {}, pythonMacros: new Map<string, Place>(), audits: null };
  const rules = { defaults, ...none, timeFormat: null, catalog: null, inferNames: false, now: 0 };
  return readModels(file, text, rules)[0] ?? null;
}

interface OneModel {
  readonly source: SourceText;
  readonly block: Block;
  readonly statements: readonly StatementSpan[];
  readonly blueprint: Blueprint;
  readonly rules: ReadRules;
}

function readOne(one: OneModel): Model | BrokenModel | undefined {
  const { source, block, rules, blueprint } = one;
  const { defaults } = rules;
  const expanded = expandProperties(one);
  if (!expanded.ok) return brokenModel(source, nameOfPath(source.file), expanded.problem);
  const of = expanded.value;
  if (!isTrue(of.value('enabled') ?? String(defaults.enabled ?? true))) return undefined;
  const name = nameOf(of, rules);
  if (!name.ok) return brokenModel(source, nameOfPath(source.file), name.problem);
  const broken = (problem: Problem) => brokenModel(source, name.value, problem);
  const refused = refuseProperties(of, defaults);
  if (refused) return broken(refused);
  const kind = kindOf(of, rules);
  if (!kind.ok) return broken(kind.problem);
  const described = describeModel(of, defaults, rules.now);
  if ('code' in described) return broken(described);
  const combination = refuseCombination(of, kind.value, described);
  if (combination) return broken(combination);
  const body = readBody(source, one.statements, kind.value.name === 'SEED');
  if ('code' in body) return broken(body);
  const ownAudits = new Set(body.ownAudits.map((audit) => audit.name));
  const missing = unknownAudit(
    of,
    described.audits,
    (audit) =>
      rules.audits === null || rules.audits.has(audit) || ownAudits.has(audit) || isBuiltInAudit(audit),
  );
  if (missing) return broken(missing);
  const reads = readsOf(one, { name: name.value, kind: kind.value, body, of });
  if (!reads.ok) return broken(reads.problem);
  return {
    name: name.value,
    file: source.file,
    text: source.text,
    kind: kind.value,
    ...described,
    blueprint,
    ownAudits: body.ownAudits,
    properties: block.properties,
    ...statementsOf(body, defaults),
    ...reads.value,
  };
}

type Reads = Pick<Model, 'query' | 'queryStart' | 'parents' | 'readsItself' | 'tables' | 'files'>;

function readsOf(
  { source, block, blueprint, rules }: OneModel,
  model: { name: string; kind: ModelKind; body: Body; of: ModelProperties },
): Result<Reads> {
  const { name, kind, body, of } = model;
  const depends = dependsOn(of, rules);
  if (!depends.ok) return depends;
  const { query } = body;
  if (!query)
    return ok({
      ...{ query: '', queryStart: block.end, readsItself: false, tables: [], files: [] },
      parents: depends.value.filter((parent) => parent !== name),
    });
  const loading: LoadingText = {
    ...{ source, start: query.start, end: query.end },
    macros: {
      ...known(rules),
      values: { this_model: thisModel(name) },
      definitions: body.definitions.map(({ text }) => text),
      blueprint,
    },
  };
  const range = kind.name === 'FULL' || kind.name === 'VIEW' ? rangeMacroIn(loading) : undefined;
  if (range) return { ok: false, problem: range };
  const found = readQuery(loading, body.temporary);
  if (!found.ok) return found;
  const all = [...new Set([...found.value.parents, ...depends.value])];
  return ok({
    query: source.text.slice(query.start, query.end),
    queryStart: query.start,
    parents: all.filter((parent) => parent !== name),
    readsItself: all.includes(name),
    tables: found.value.tables,
    files: found.value.files,
  });
}

function statementsOf(
  body: Body,
  defaults: ModelDefaults,
): Pick<Model, 'before' | 'after' | 'onVirtualUpdate' | 'definitions'> {
  const given = (texts: readonly string[] | undefined): readonly Statement[] =>
    (texts ?? []).map((text) => ({ text, start: 0 }));
  return {
    before: [...given(defaults.before), ...body.before],
    after: [...given(defaults.after), ...body.after],
    onVirtualUpdate: [...given(defaults.onVirtualUpdate), ...body.onVirtualUpdate],
    definitions: body.definitions,
  };
}

/** The block's values with their macros expanded; a name is put together from plain texts. */
function expandProperties({ source, block, blueprint, rules }: OneModel): Result<ModelProperties> {
  const values = new Map<string, string>();
  for (const property of block.properties) {
    const { name, value, valueStart, end } = property;
    values.set(name, value);
    if (LATE.includes(name) || name === 'blueprints' || !value.includes('@')) continue;
    if (name === 'cron' && isCronText(plainValue(value))) continue;
    if (name === 'name') {
      values.set(name, expandName(value, blueprint, rules));
      continue;
    }
    const macros = { ...known(rules), values: {}, blueprint };
    const text = expandLoading({ source, start: valueStart, end, macros });
    if (!text.ok) return text;
    values.set(name, text.value.text);
  }
  return ok({
    ...source,
    all: block.properties,
    start: block.start,
    value: (name) => values.get(name),
  });
}

function known({ variables, pythonMacros }: ReadRules): Pick<ReadRules, 'variables' | 'pythonMacros'> {
  return { variables, pythonMacros };
}

function expandName(value: string, blueprint: Blueprint, rules: ReadRules): string {
  return value.replace(/@\{?([\p{L}_][\p{L}\p{N}_]*)\}?/gu, (whole, word: string) => {
    const name = word.toLowerCase();
    const given = blueprint[name] ?? rules.variables[name];
    return given === undefined ? whole : plainValue(String(given));
  });
}

function readPlural(source: SourceText, block: Block, rules: ReadRules): Result<readonly Blueprint[]> {
  const property = propertyOf(block, 'blueprints');
  if (!property) return ok([{}]);
  const macros = { ...known(rules), values: {} };
  const expanded = expandLoading({ source, start: property.valueStart, end: property.end, macros });
  if (!expanded.ok) return expanded;
  const read = readBlueprints(expanded.value.text);
  const of = { ...source, all: block.properties, start: block.start, value: () => undefined };
  return read.ok ? read : { ok: false, problem: problemAt(of, read.problem, 'blueprints') };
}

function nameOf(of: ModelProperties, rules: ReadRules): Result<string> {
  const value = of.value('name');
  if (value !== undefined) {
    const name = readName(value, rules.catalog);
    return name.ok ? name : { ok: false, problem: problemAt(of, name.problem, 'name') };
  }
  if (rules.inferNames) return ok(nameOfPath(of.file));
  const problem: Problem = {
    code: 'model.invalid',
    message: 'The MODEL block gives no name.',
    remedy: 'Write name schema.table as its first property.',
  };
  return { ok: false, problem: problemAt(of, problem) };
}

function kindOf(of: ModelProperties, rules: ReadRules): Result<ModelKind> {
  const read = readKind(of.value('kind') ?? rules.defaults.kind, rules.defaults.kinds);
  if (!read.ok) {
    const offset = 'offset' in read ? read.offset : 0;
    return { ok: false, problem: problemAt(of, read.problem, 'kind', offset) };
  }
  const kind = read.value;
  if (kind.name !== 'INCREMENTAL_BY_TIME_RANGE' || kind.timeFormat !== null) return ok(kind);
  return ok({ ...kind, timeFormat: rules.timeFormat });
}

function dependsOn(of: ModelProperties, rules: ReadRules): Result<readonly string[]> {
  const names: string[] = [];
  for (const item of listOf(of.value('depends_on'))) {
    const name = readName(plainValue(item), rules.catalog);
    if (!name.ok) return { ok: false, problem: problemAt(of, name.problem, 'depends_on') };
    names.push(name.value);
  }
  return ok(names);
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : listValue(value);
}

function thisModel(name: string): string {
  const dot = name.indexOf('.');
  return id(name.slice(0, dot), name.slice(dot + 1)).text;
}

function noBlock(): Block {
  return { word: 'MODEL', properties: [], start: 0, end: 0 };
}

function brokenModel(source: SourceText, name: string, problem: Problem): BrokenModel {
  return { ...source, name, problem: { ...problem, kept: problem.kept ?? 'Every other model still works.' } };
}
