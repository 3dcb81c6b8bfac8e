const NAME = /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/;

/** What is wrong with a new model's name; undefined where nothing is. */
export function nameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!NAME.test(name)) return 'A name is schema.table, in lower-case letters, digits and _.';
  if (taken.has(name)) return `There is ${name} already.`;
  if (/^(raw\.|teal)/.test(name)) return 'This schema is kept for Teal.';
  return undefined;
}

/** A first guess: a staging model for a source, a place beside any other model. */
export function suggestName(from: string | null, taken: ReadonlySet<string>): string {
  if (from === null) return '';
  const [schema = '', table = ''] = from.split('.');
  if (schema !== 'raw') return `${schema}.`;
  const staged = `stg.${table.toLowerCase()}`;
  return taken.has(staged) ? 'stg.' : staged;
}
