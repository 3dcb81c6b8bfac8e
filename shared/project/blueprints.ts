import { failed, ok, type Result } from '../base/result';
import { codeTokens } from '../sql/lexer';
import { listValue, pairsValue } from './block';

/** The values of one blueprint by name in lower case, as SQL text. */
export type Blueprint = Readonly<Record<string, string>>;

/** The blueprints of `((a := 1, b := 2), (a := 3, b := 4))`; without any, one that is empty. */
export function readBlueprints(value: string | undefined): Result<readonly Blueprint[]> {
  if (value === undefined) return ok([{}]);
  const found: Blueprint[] = [];
  for (const item of listValue(value)) {
    const pairs = pairsValue(item);
    const isPair = (pair: string) => ['=', ':='].includes(codeTokens(pair)[1]?.text ?? '');
    const all = listValue(item).every(isPair);
    if (pairs.length === 0 || !all)
      return failed({
        code: 'model.invalid',
        message: `A blueprint must be names with values, not ${item}.`,
        remedy: 'Write blueprints ((name := value), (name := other)).',
      });
    found.push(Object.fromEntries(pairs.map((pair) => [pair.name, pair.value])));
  }
  return ok(found.length > 0 ? found : [{}]);
}
