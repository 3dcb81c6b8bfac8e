import type { Interval } from '../../base/time';
import type { Project } from '../../project/load';
import { expandMacros, macroUses } from '../../project/macros';
import { canonicalSql } from '../../project/macros/uses';
import type { Model } from '../../project/model';
import { type PinnedAudit, pinAudit } from '../../project/pin-audit';
import type { EditionPrint, EditionTraits } from '../../release/editions';
import { canonicalText } from '../../sql/lexer';
import { spellOutStars } from '../../sql/output-columns';
import { unitOf } from '../intervals';
import { type Sha256, seedPath } from '../seed-path';

import { seedColumns } from './seed-columns';
import { kindData } from './settings';

/** A model with all that running it needs, so that it can be run again without the project's files. */
export interface EditionSource {
  readonly model: Model;
  readonly audits: readonly PinnedAudit[];
  /** the variables of config.yaml that its texts use */
  readonly variables: Readonly<Record<string, unknown>>;
  /** id of a spent edition that this one takes up again */
  readonly revives?: string;
}

/** A model of the project as the edition that it would become. */
export interface EditionDraft {
  readonly print: EditionPrint;
  readonly traits: EditionTraits;
  readonly parents: Readonly<Record<string, string>>;
  readonly source: EditionSource;
}

/** What editions are drafted from; `seeds` gives the text of a file by its path in the project. */
export interface Drafting {
  readonly sha256: Sha256;
  readonly seeds: (path: string) => string;
}

/** Drafts of other models, by name. */
type Drafts = Pick<ReadonlyMap<string, EditionDraft>, 'get'>;

/** A model of the project with all that running it needs. */
export function sourceOf(project: Project, model: Model): EditionSource {
  const audits = model.audits.map((call) => pinAudit(project, model, call));
  return { model: keptModel(model), audits, variables: usedVariables(project, model, audits) };
}

/** A model without what only its file's readers need. */
export function keptModel(model: Model): Model {
  const { text: _text, ...kept } = model;
  const properties = model.properties.filter(
    ({ name }) => DATA_PROPERTIES.has(name) || OTHER_METADATA.has(name),
  );
  return { ...kept, text: '', properties, tables: [], files: [] };
}

/** Drafts editions of models that come parents first. */
export function draftEditions(
  sources: readonly EditionSource[],
  drafting: Drafting,
): ReadonlyMap<string, EditionDraft> {
  const drafts = new Map<string, EditionDraft>();
  for (const source of sources) drafts.set(source.model.name, draftEdition(source, drafting, drafts));
  return drafts;
}

/** Drafts one edition over those of the models that it reads. */
export function draftEdition(source: EditionSource, drafting: Drafting, drafts: Drafts): EditionDraft {
  const { sha256 } = drafting;
  const { model } = source;
  const known = model.parents.flatMap((name) => {
    const draft = drafts.get(name);
    return draft ? [draft] : [];
  });
  const traits = traitsOf(source, drafting, drafts);
  const texts = [model.query, ...model.before.map(textOf), ...model.after.map(textOf)];
  const definitions = model.definitions.map(textOf);
  // No rows follow from the text of an audit.
  const own = model.kind.name === 'AUDIT' ? [] : [texts, definitions];
  const data = sha256(JSON.stringify([...own, traits.settings, traits.seed]));
  const metadata = sha256(
    JSON.stringify([
      ...[metadataOf(model), metadataNames(source), texts, definitions, traits.audits],
      // A star takes up what its parents gain.
      known.map((draft) => [draft.source.model.name, draft.traits.columns]),
    ]),
  );
  const parentData = sha256(JSON.stringify(known.map((draft) => draft.print.version).sort()));
  const parentMetadata = sha256(
    JSON.stringify(known.flatMap(({ print }) => [print.metadata, print.parentMetadata]).sort()),
  );
  return {
    print: {
      ...{ data, metadata, parentData, parentMetadata },
      version: sha256(data + parentData),
      id: sha256(data + metadata + parentData + parentMetadata),
    },
    traits,
    parents: parentEditions(model, drafts),
    source,
  };
}

/** Parents with their editions; those of an embedded parent count as well, since its query is read in its place. */
function parentEditions(model: Model, drafts: Drafts): Record<string, string> {
  const parents: Record<string, string> = {};
  for (const name of model.parents) {
    const draft = drafts.get(name);
    if (!draft) continue;
    parents[name] = draft.print.id;
    if (draft.source.model.kind.name === 'EMBEDDED') Object.assign(parents, draft.parents);
  }
  return parents;
}

function traitsOf(
  { model, variables, audits, revives }: EditionSource,
  drafting: Drafting,
  drafts: Drafts,
): EditionTraits {
  const columnsOf = (name: string) => drafts.get(name)?.traits.columns ?? null;
  const render = (text: string) => renderPlainly(text, model, { variables, columnsOf });
  if (model.kind.name === 'AUDIT') return auditTraits({ model, audits });
  const settings = JSON.stringify([
    ...(revives === undefined ? [] : [revives]),
    kindData(model.kind),
    model.intervalUnit ?? unitOf(model),
    model.partitionedBy.map(canonicalText),
    model.columns,
    dataNames({ model, variables }),
    model.properties
      .filter((property) => DATA_PROPERTIES.has(property.name))
      .map((property) => [property.name, canonicalText(property.value)]),
  ]);
  const seed = model.kind.name === 'SEED' ? seedHashes(model, drafting) : null;
  const query = seed ? '' : render(model.query);
  const spelled = seed ? null : spellOutStars(query, columnsOf);
  const resolved = model.parents.every((name) => columnsOf(name) !== null);
  // SQLMesh spells no star out, not even one over a CTE, in a query that reads something unknown.
  const known = resolved || spelled?.text === query ? spelled?.columns : null;
  const declared = model.columns.length > 0 ? model.columns.map((column) => column.name) : null;
  return {
    rendered: spelled ? canonicalSql(spelled.text) : '',
    resolved,
    // What a macro leaves out at load is compared as it is written.
    statements: [...model.before, ...model.after].map(
      ({ text }) => canonicalSql(render(text)) || canonicalSql(text),
    ),
    settings,
    audits: auditsText(audits),
    columns: (declared ?? (seed ? Object.keys(seed) : known))?.map((name) => name.toLowerCase()) ?? null,
    output: spelled?.columns?.map((name) => name.toLowerCase()) ?? null,
    seed,
  };
}

/** An audit that stands alone has no rows: whatever differs of it is metadata. */
function auditTraits({ model, audits }: Pick<EditionSource, 'model' | 'audits'>): EditionTraits {
  return {
    ...{ rendered: '', resolved: true, statements: [], columns: [], output: null, seed: null },
    settings: JSON.stringify(kindData(model.kind)),
    audits: auditsText(audits),
  };
}

function auditsText(audits: readonly PinnedAudit[]): string {
  return JSON.stringify(
    audits.map(({ name, query, stops, skip, definitions, variables: used, arguments: given, defaults }) => [
      ...[name, query, stops, skip, definitions],
      used,
      { ...defaults, ...given },
    ]),
  );
}

/** An edition's audits without the values of variables in them: another value alone does not have them run again, as in SQLMesh. */
export function auditsAsWritten({ audits }: Pick<EditionTraits, 'audits'>): string {
  const parts = JSON.parse(audits) as unknown[][];
  return JSON.stringify(parts.map((audit) => [...audit.slice(0, 5), ...audit.slice(6)]));
}

/** An edition's query with macros expanded as it is compared, in its author's layout. */
export function renderedQuery({ model, variables }: EditionSource): string {
  return renderPlainly(model.query, model, { variables, columnsOf: () => null });
}

const EPOCH: Interval = { from: 0, to: 86_400_000 };

/** A text as SQLMesh compares it: macros expanded with the epoch as every moment; as written where they cannot be. */
function renderPlainly(
  text: string,
  model: Model,
  {
    variables,
    columnsOf,
  }: { variables: Readonly<Record<string, unknown>>; columnsOf: (name: string) => readonly string[] | null },
): string {
  const expanded = expandMacros(text, {
    start: EPOCH.from,
    end: EPOCH.to,
    executionTime: EPOCH.from,
    variables,
    values: { this_model: model.name },
    stage: 'loading',
    definitions: model.definitions.map(textOf),
    blueprint: model.blueprint,
    columnsOf: (table) => columnsOf(table)?.map((name) => ({ name, type: 'UNKNOWN' })),
  });
  return expanded.ok ? expanded.value.text : text;
}

const DATA_PROPERTIES = new Set([
  ...['clustered_by', 'stamp', 'physical_properties', 'physical_version', 'physical_schema', 'gateway'],
  ...['table_format', 'storage_format', 'optimize_query', 'virtual_environment_mode'],
]);

function metadataOf(model: Model): readonly unknown[] {
  const { owner, description, columnDescriptions, cron, start, end, kind, grain, audits, allowPartials } =
    model;
  return [
    ...[owner, description, columnDescriptions, model.cronZone === null ? cron : [cron, model.cronZone]],
    ...[model.relativeStart ?? start, end, kind, grain, audits, allowPartials],
    [...model.tags].sort(),
    model.onVirtualUpdate.map(textOf),
    model.properties
      .filter((property) => OTHER_METADATA.has(property.name))
      .map((property) => [property.name, canonicalText(property.value)]),
  ];
}

const OTHER_METADATA = new Set([
  ...['references', 'reference', 'grains', 'signals', 'virtual_properties', 'session_properties'],
]);

/** The variables that a model's texts and its audits use. */
function usedVariables(
  project: Project,
  model: Model,
  audits: readonly PinnedAudit[],
): Record<string, unknown> {
  const given = audits.flatMap((audit) => [audit.query ?? '', ...Object.values(audit.arguments)]);
  const texts = [...dataTexts(model), ...model.onVirtualUpdate.map(textOf), ...given];
  return picked(project.config.variables, macroUses(texts, project.config).variables);
}

/** The variables and the blueprint's values that a model's rows depend on. */
function dataNames({ model, variables }: Pick<EditionSource, 'model' | 'variables'>): readonly unknown[] {
  const used = macroUses(dataTexts(model), { variables, blueprint: model.blueprint });
  return [picked(variables, used.variables), picked(model.blueprint, used.blueprint)];
}

/** The variables that only its audits and the statements for views use. */
function metadataNames({ model, variables }: EditionSource): readonly unknown[] {
  const data = new Set(macroUses(dataTexts(model), { variables }).variables);
  return Object.entries(variables).filter(([name]) => !data.has(name));
}

function dataTexts(model: Model): readonly string[] {
  const statements = [...model.before, ...model.after, ...model.definitions];
  const settings = Object.values(model.kind).filter((value) => typeof value === 'string');
  return [model.query, ...statements.map(textOf), ...settings];
}

function picked(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function seedHashes(model: Model, { seeds, sha256 }: Drafting): Record<string, string> {
  const settings = model.kind.name === 'SEED' ? model.kind.csv : {};
  const columns = seedColumns(seeds(seedPath(model)), settings.delimiter);
  return Object.fromEntries(
    [...columns].map(([name, values]) => [name.toLowerCase(), sha256(JSON.stringify(values))]),
  );
}

function textOf(statement: { readonly text: string }): string {
  return statement.text;
}
