import { isPlain } from '../base/plain-text';
import { type EditionDraft, type EditionSource, keptModel } from '../plan/editions/draft';
import type { Drafted, DraftRecord } from '../plan/editions/draft-project';
import type { BrokenModel, Model } from '../project/model';
import type { Reading } from '../project/read-files';

/** What one reading of a project leaves for the next. */
export interface ReadingMemory {
  readonly reading: Reading;
  readonly drafted: Drafted;
}

type StoredModel = Omit<Model, 'text'>;
type StoredDraft = Omit<EditionDraft, 'source'> & Omit<EditionSource, 'model'>;

/** A reading as it is written down: files with their models, then drafts in their order with what they looked at. */
interface Stored {
  readonly rules: string;
  readonly settings: string;
  readonly files: readonly (readonly [file: string, text: string, models: readonly StoredModel[]])[];
  readonly drafts: readonly {
    readonly name: string;
    readonly draft: StoredDraft;
    /** names of drafts that were there, and of those that were not */
    readonly read: readonly string[];
    readonly absent: readonly string[];
    readonly seeds: readonly (readonly [path: string, hash: string])[];
  }[];
}

/** A reading as text; null where it holds values that a text cannot carry. */
export function writeMemory({ reading, drafted }: ReadingMemory): string | null {
  const models = modelsByName(reading);
  const records = [...drafted.records].filter(([name, { model }]) => models.get(name) === model);
  const names = new Set(records.map(([name]) => name));
  const whole = records.filter(([, { read }]) =>
    [...read].every(([name, draft]) => draft === null || names.has(name)),
  );
  if (!whole.every(([, { draft }]) => isPlain(draft.source.variables))) return null;
  const stored: Stored = {
    rules: reading.rules,
    settings: drafted.settings,
    files: [...reading.files].map(([file, read]) => [file, read.text, read.models.flatMap(storedModel)]),
    drafts: whole.map(([name, { draft, read, seeds }]) => ({
      name,
      draft: storedDraft(draft),
      read: [...read].flatMap(([other, found]) => (found ? [other] : [])),
      absent: [...read].flatMap(([other, found]) => (found ? [] : [other])),
      seeds: [...seeds],
    })),
  };
  return JSON.stringify(stored);
}

/** A reading from the text that `writeMemory` gave. */
export function readMemory(text: string): ReadingMemory {
  const stored = JSON.parse(text) as Stored;
  const reading: Reading = {
    rules: stored.rules,
    files: new Map(
      stored.files.map(([file, own, models]) => [
        file,
        { text: own, models: models.map((model) => Object.assign(model, { text: own })) },
      ]),
    ),
  };
  const models = modelsByName(reading);
  const records = new Map<string, DraftRecord>();
  for (const { name, draft, read, absent, seeds } of stored.drafts) {
    const model = models.get(name);
    const found = read.map((other) => [other, records.get(other)?.draft] as const);
    if (!model || found.some(([, one]) => one === undefined)) continue;
    const { audits, variables, ...own } = draft;
    records.set(name, {
      draft: { ...own, source: { model: keptModel(model), audits, variables } },
      model,
      read: new Map([
        ...found.map(([other, one]) => [other, one ?? null] as const),
        ...absent.map((other) => [other, null] as const),
      ]),
      seeds: new Map(seeds),
    });
  }
  return { reading, drafted: { settings: stored.settings, records } };
}

/** Whether a reading found all as the one before had left it. */
export function isSameMemory(now: ReadingMemory, before: ReadingMemory): boolean {
  const { files } = now.reading;
  const { records } = now.drafted;
  return (
    files.size === before.reading.files.size &&
    records.size === before.drafted.records.size &&
    [...files].every(([file, read]) => before.reading.files.get(file) === read) &&
    [...records].every(([name, record]) => before.drafted.records.get(name) === record)
  );
}

/** The models of a reading; of two with one name the first counts, as where a project is loaded. */
function modelsByName(reading: Reading): Map<string, Model> {
  const models = new Map<string, Model>();
  for (const read of reading.files.values())
    for (const model of read.models)
      if (!('problem' in model) && !models.has(model.name)) models.set(model.name, model);
  return models;
}

function storedModel(model: Model | BrokenModel): readonly StoredModel[] {
  if ('problem' in model) return [];
  const { text: _text, ...rest } = model;
  return [rest];
}

function storedDraft({ source, ...own }: EditionDraft): StoredDraft {
  return { ...own, audits: source.audits, variables: source.variables };
}
