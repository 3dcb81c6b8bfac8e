import { plainText } from '../base/plain-text';
import { plainValue } from './block';
import type { BrokenModel, Model } from './model';
import { parseRelative } from './moment';
import { type ReadRules, readModels } from './read-model';

/** The models of one file as they were read, with the text that they were read from. */
interface ReadFile {
  readonly text: string;
  readonly models: readonly (Model | BrokenModel)[];
}

/** Files that were read under the same rules; a file whose text is still the same gives the very same models again. */
export interface Reading {
  /** all that models follow from beside their own file */
  readonly rules: string;
  readonly files: ReadonlyMap<string, ReadFile>;
}

/** Reads model files one by one, and again only those that differ from an earlier reading. */
export interface FileReader {
  read(file: string, text: string): readonly (Model | BrokenModel)[];
  /** what was read so far */
  reading(): Reading;
}

export function createFileReader(rules: ReadRules, before?: Reading): FileReader {
  const all = rulesText(rules);
  const known = before?.rules === all ? before.files : new Map<string, ReadFile>();
  const files = new Map<string, ReadFile>();
  return {
    read(file, text) {
      const old = known.get(file);
      if (old?.text === text) {
        files.set(file, old);
        return old.models;
      }
      const models = readModels(file, text, rules);
      if (models.every(isSteady)) files.set(file, { text, models });
      return models;
    },
    reading: () => ({ rules: all, files }),
  };
}

function rulesText({ now: _now, pythonMacros, audits, ...rules }: ReadRules): string {
  return plainText([rules, [...pythonMacros], audits && [...audits]]);
}

/** Whether reading a file later gives the same; a start such as `1 week ago` moves with the clock. */
function isSteady(model: Model | BrokenModel): boolean {
  if ('problem' in model) return false;
  return !model.properties.some(
    ({ name, value }) =>
      (name === 'start' || name === 'end') &&
      (value.includes('@') || parseRelative(plainValue(value), 0) !== null),
  );
}
