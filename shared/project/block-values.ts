import { codeTokens } from '../sql/lexer';
import { identifierOf } from '../sql/text';
import { listValue, plainValue } from './block';

/** What SQLMesh takes for true, in any case, quoted or not; everything else is false. */
export function isTrue(value: string): boolean {
  return ['true', '1', 't', 'y', 'yes', 'on'].includes(plainValue(value).toLowerCase());
}

/** A column's name in lower case: so SQLMesh reads names on DuckDB, quoted or not. */
export function columnName(value: string): string {
  return plainValue(value).toLowerCase();
}

/** A SQL expression as it stands; one that is a mere name in lower case, quoted only where it must be. */
export function expressionValue(value: string): string {
  if (/^[A-Za-z_]\w*$/.test(value)) return value.toLowerCase();
  const [only, more] = codeTokens(value);
  if (more || !only || !['word', 'quoted', 'string'].includes(only.kind)) return value.trim();
  const name = columnName(value);
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Expressions of `(a, b)`, `[a, b]` or a single `a`. */
export function expressionsValue(value: string): readonly string[] {
  return listValue(value).map(expressionValue);
}

/** The column that an expression is, or undefined where it is more than a name. */
export function columnOf(expression: string): string | undefined {
  const [only, more] = codeTokens(expression);
  if (more || !only || (only.kind !== 'word' && only.kind !== 'quoted')) return undefined;
  return identifierOf(only);
}
