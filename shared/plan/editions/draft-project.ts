import { plainText } from '../../base/plain-text';
import type { Project } from '../../project/load';
import type { Model } from '../../project/model';
import { type Drafting, draftEdition, type EditionDraft, sourceOf } from './draft';

/** A draft with all that it was made from beside the project's settings. */
export interface DraftRecord {
  readonly draft: EditionDraft;
  readonly model: Model;
  /** drafts of other models that were looked at, null where there was none */
  readonly read: ReadonlyMap<string, EditionDraft | null>;
  /** SHA-256 of each seed that was looked at */
  readonly seeds: ReadonlyMap<string, string>;
}

/** The drafts of a project's models, by name. */
export interface Drafted {
  /** the variables and audits that any of them may follow from */
  readonly settings: string;
  readonly records: ReadonlyMap<string, DraftRecord>;
}

/** Drafts a project's models, parents first; those that follow from the very same as in an earlier reading are taken over. */
export function draftProject(
  project: Project,
  order: readonly Model[],
  drafting: Drafting,
  before?: Drafted,
): Drafted {
  const settings = plainText([project.config.variables, [...project.audits]]);
  const known = before?.settings === settings ? before.records : new Map<string, DraftRecord>();
  const records = new Map<string, DraftRecord>();
  const hashes = new Map<string, string>();
  const hashOf = (path: string): string => {
    const hash = hashes.get(path) ?? drafting.sha256(drafting.seeds(path));
    hashes.set(path, hash);
    return hash;
  };
  const stands = ({ read, seeds }: DraftRecord) =>
    [...read].every(([name, draft]) => (records.get(name)?.draft ?? null) === draft) &&
    [...seeds].every(([path, hash]) => hashOf(path) === hash);
  for (const model of order) {
    const old = known.get(model.name);
    if (old && old.model === model && stands(old)) records.set(model.name, old);
    else records.set(model.name, draftAnew(project, model, { drafting, records, hashOf }));
  }
  return { settings, records };
}

interface Around {
  readonly drafting: Drafting;
  readonly records: ReadonlyMap<string, DraftRecord>;
  readonly hashOf: (path: string) => string;
}

function draftAnew(project: Project, model: Model, { drafting, records, hashOf }: Around): DraftRecord {
  const read = new Map<string, EditionDraft | null>();
  const seeds = new Map<string, string>();
  const drafts = {
    get: (name: string) => {
      const draft = records.get(name)?.draft;
      read.set(name, draft ?? null);
      return draft;
    },
  };
  const noting: Drafting = {
    sha256: drafting.sha256,
    seeds: (path) => {
      seeds.set(path, hashOf(path));
      return drafting.seeds(path);
    },
  };
  return { draft: draftEdition(sourceOf(project, model), noting, drafts), model, read, seeds };
}
