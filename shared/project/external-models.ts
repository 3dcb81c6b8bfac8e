import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import type { Problem } from '../base/errors';
import { codeTokens } from '../sql/lexer';
import { readName } from './model-name';
import { readYaml } from './yaml-file';

const rowSchema = z.array(
  z.looseObject({
    name: z.string(),
    description: z._default(z.optional(z.nullable(z.string())), ''),
    columns: z._default(z.optional(z.nullable(z.record(z.string(), z.string()))), {}),
    gateway: z.optional(z.nullable(z.string())),
  }),
);

/** A table that no model of the project makes and models may read, as `external_models.yaml` lists it. */
export interface ExternalModel {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The tables that one YAML file lists; those of another gateway are left out. */
export function readExternalModels(
  file: string,
  text: string,
  gateway: string,
): { readonly models: readonly ExternalModel[]; readonly problems: readonly Problem[] } {
  if (text.trim() === '') return { models: [], problems: [] };
  const parsed = readYaml({ path: file, text: orEmptyList(text), code: 'source.invalid' }, rowSchema);
  if (!parsed.ok) return { models: [], problems: [parsed.problem] };
  const models: ExternalModel[] = [];
  const problems: Problem[] = [];
  for (const row of parsed.value) {
    if (row.gateway && row.gateway.toLowerCase() !== gateway) continue;
    const name = readName(row.name, null);
    if (!name.ok) {
      problems.push({ ...name.problem, code: 'source.invalid', place: placeOf(file, text, row.name) });
      continue;
    }
    models.push({
      name: name.value,
      file,
      description: row.description ?? '',
      columns: Object.entries(row.columns ?? {}).map(([column, type]) => ({
        name: column.toLowerCase(),
        type,
      })),
    });
  }
  return { models, problems };
}

/** Tables and views that statements of config.yaml make before each plan and run. */
export function tablesMadeBy(statements: readonly string[], file: string): readonly ExternalModel[] {
  return statements.flatMap((statement) => {
    const tokens = codeTokens(statement);
    const words = tokens.map(({ text }) => text.toLowerCase());
    const made = words.findIndex((word) => word === 'table' || word === 'view');
    if (words[0] !== 'create' || made < 0 || made > 4) return [];
    let first = made + 1;
    while (['if', 'not', 'exists'].includes(words[first] ?? '')) first += 1;
    let last = first;
    while (words[last + 1] === '.') last += 2;
    const [from, to] = [tokens[first], tokens[last]];
    const name = from && to ? readName(statement.slice(from.start, to.end), null) : undefined;
    return name?.ok ? [{ name: name.value, file, description: '', columns: [] }] : [];
  });
}

// A file of comments alone is empty, which the schema of a list would refuse.
function orEmptyList(text: string): string {
  return parseDocument(text).contents === null ? '[]' : text;
}

function placeOf(file: string, text: string, name: string) {
  const before = text.slice(0, Math.max(0, text.indexOf(name)));
  return { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
