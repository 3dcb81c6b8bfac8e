import { codeTokens } from './lexer';

const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'alter', 'drop', 'copy']);

interface Statements {
  readonly before: readonly { readonly text: string }[];
  readonly after: readonly { readonly text: string }[];
}

/** Whether a text names the rows of its own model. */
export function namesThisModel(text: string): boolean {
  return codeTokens(text).some((token) => token.kind === 'macro' && /^@+\{?this_model\}?$/i.test(token.text));
}

/** Whether a model's own statements change its rows, so that these must stand in a table of their own. */
export function writesItself({ before, after }: Statements): boolean {
  return [...before, ...after].some(
    ({ text }) =>
      namesThisModel(text) &&
      codeTokens(text).some((token) => token.kind === 'word' && WRITES.has(token.text.toLowerCase())),
  );
}
