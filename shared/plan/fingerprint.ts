import type { Project } from '../project/load';
import type { Model, ModelKind } from '../project/model';
import { statedKey } from '../project/model';
import { ownAudit } from '../project/pin-audit';
import type { Definition } from '../release/types';
import { canonicalText, LEXER_VERSION } from '../sql/lexer';
import type { ModelGraph } from './graph';

/** SHA-256 of a text as lower-case hex; handed in, since no two platforms offer it alike. */
export type Sha256 = (text: string) => string;

export interface Fingerprint {
  /** decides the rows: query, kind, columns, parents */
  readonly data: string;
  /** decides nothing about rows: cron, owner, description, audits, batch size */
  readonly metadata: string;
}

/** Fingerprints of all models that can be run; `seeds` gives the text of a seed's file by its path in the project. */
export function fingerprintModels(
  project: Project,
  graph: ModelGraph,
  sha256: Sha256,
  seeds: (path: string) => string,
): ReadonlyMap<string, Fingerprint> {
  const prints = new Map<string, Fingerprint>();
  for (const model of graph.order) {
    const parents = model.parents.map((parent) => prints.get(parent)?.data ?? parent);
    const seed = model.kind.name === 'SEED' ? sha256(seeds(seedPath(model))) : '';
    const data = JSON.stringify([LEXER_VERSION, ownLogic(model), variablesOf(project, model), parents, seed]);
    prints.set(model.name, { data: sha256(data), metadata: sha256(metadataOf(project, model)) });
  }
  return prints;
}

/** What a version pins of its model. */
export function definitionOf(model: Model, print: Fingerprint): Definition {
  return {
    file: model.file,
    query: model.query,
    before: model.before,
    after: model.after,
    onVirtualUpdate: model.onVirtualUpdate,
    definitions: model.definitions,
    blueprint: model.blueprint,
    kind: kindLogic(model.kind),
    cron: model.cron,
    parents: model.parents,
    metadata: print.metadata,
    key: statedKey(model),
  };
}

/** A seed's file relative to the project's folder; its path is written relative to the model's. */
export function seedPath(model: Model): string {
  if (model.kind.name !== 'SEED') return '';
  const root = model.kind.path.replace(/^\$root\//, '');
  if (root !== model.kind.path) return root;
  const parts = [...model.file.split('/').slice(0, -1), ...model.kind.path.split('/')];
  const out: string[] = [];
  for (const part of parts) {
    if (part === '..') out.pop();
    else if (part !== '.' && part !== '') out.push(part);
  }
  return out.join('/');
}

/** The part of a kind that decides rows, as one text; where batches end and lookback are metadata. */
export function kindLogic(kind: ModelKind): string {
  if (kind.name === 'INCREMENTAL_BY_TIME_RANGE')
    return JSON.stringify([kind.name, kind.timeColumn, kind.timeFormat]);
  if (kind.name === 'INCREMENTAL_BY_UNIQUE_KEY') return JSON.stringify([kind.name, kind.uniqueKey]);
  if (kind.name === 'SEED') return JSON.stringify([kind.name, kind.csv]);
  return JSON.stringify([kind.name]);
}

function ownLogic(model: Model): readonly unknown[] {
  return [canonicalText(model.query), kindLogic(model.kind), model.columns];
}

function variablesOf(project: Project, model: Model): readonly unknown[] {
  const text = model.query.toLowerCase();
  return Object.entries(project.config.variables).filter(([name]) => text.includes(name));
}

function metadataOf(project: Project, model: Model): string {
  const block = model.properties
    .filter((property) => property.name !== 'kind')
    .map((property) => [property.name, property.value]);
  const audits = model.audits.map((call) => ownAudit(project, model, call.name)?.query ?? '');
  return JSON.stringify([block, model.kind, model.cron, model.start, audits]);
}
