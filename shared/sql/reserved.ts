import { codeTokens } from './lexer';
import { authored, id, type Sql } from './sql';
import { applyEdits, type Edit } from './text';

// Words that DuckDB takes for its grammar even where a column of that name is meant; SQLMesh quotes every name.
const RESERVED = new Set(['at', 'authorization', 'deferrable', 'freeze', 'initially', 'variadic', 'verbose']);

/** Edits that quote columns whose bare names the engine cannot read, such as `at`; `AT TIME ZONE` stays. */
export function reservedEdits(text: string): readonly Edit[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1]?.text.toLowerCase();
    const isGrammar = next === '(' || (next === 'time' && tokens[index + 2]?.text.toLowerCase() === 'zone');
    const isName = token.kind === 'word' && RESERVED.has(token.text.toLowerCase()) && !isGrammar;
    return isName ? [{ start: token.start, end: token.end, text: id(token.text).text }] : [];
  });
}

/** An expression that a person wrote, taken as it stands but for names that the engine cannot read bare. */
export function expression(text: string): Sql {
  return authored(applyEdits(text, reservedEdits(text)));
}
