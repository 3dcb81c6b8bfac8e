import { failed, ok, type Result } from '../base/result';
import { codeTokens, type Token } from '../sql/lexer';
import { tableName } from '../sql/references';
import { identifierOf } from '../sql/text';

/** The name that a MODEL block gives, `schema.table` in lower case. `catalog` is the one that may stand before it. */
export function readName(value: string, catalog: string | null): Result<string> {
  const parts = partsOf(codeTokens(value));
  const invalid = (message: string) => failed<string>({ code: 'model.invalid', message });
  if (!parts) return invalid(`A model's name must be schema.table, not ${value}.`);
  const own = parts.length === 3 ? parts[0]?.toLowerCase() : undefined;
  if (own !== undefined && catalog !== null && own !== catalog.toLowerCase())
    return failed({
      code: 'model.unsupported',
      message: `Teal keeps models in one catalog, ${catalog}, and this name says ${own}.`,
      remedy: `Write the name without ${own}.`,
    });
  const name = tableName(parts);
  return /^teal(_data|_diff)?\./.test(name)
    ? invalid(`The schema of ${name} is kept for Teal; give the model another.`)
    : ok(name);
}

/** The name that a file's place gives: its folders below `models/` and its own name, three parts at most. */
export function nameOfPath(file: string): string {
  const parts = file
    .replace(/^models\//, '')
    .replace(/\.[a-z]+$/, '')
    .split('/');
  return tableName(parts.slice(-3));
}

function partsOf(tokens: readonly Token[]): readonly string[] | undefined {
  if (tokens.length % 2 === 0 || tokens.length > 5) return undefined;
  const fits = tokens.every((token, at) =>
    at % 2 === 1 ? token.text === '.' : token.kind === 'word' || token.kind === 'quoted',
  );
  const parts = tokens.filter((_, at) => at % 2 === 0).map(identifierOf);
  return fits && parts.every((part) => part.trim() !== '') ? parts : undefined;
}
