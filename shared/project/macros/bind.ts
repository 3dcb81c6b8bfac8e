import type { Call } from './call';

/** Arguments by the names of a macro's parameters, in their order; one that it has not is a problem. */
export function bind<const Name extends string>(
  call: Call,
  names: readonly Name[],
): { readonly [K in Name]?: string | undefined } {
  const macro = `@${call.name.toUpperCase()}`;
  if (call.args.length > names.length) return call.fail(`${macro} takes at most ${names.length} arguments.`);
  const bound: { [K in Name]?: string } = {};
  names.forEach((name, index) => {
    const value = call.args[index] ?? call.named.get(name);
    if (value !== undefined) bound[name] = value;
  });
  const stray = [...call.named.keys()].find((name) => !names.some((known) => known === name));
  if (stray !== undefined) return call.fail(`${macro} has no argument ${stray}; it has ${names.join(', ')}.`);
  return bound;
}

/** An argument that must be there. */
export function needed(call: Call, value: string | undefined, what: string): string {
  return value ?? call.fail(`@${call.name.toUpperCase()} needs ${what}.`);
}

/** An argument that is TRUE or FALSE. */
export function flag(call: Call, value: string | undefined, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  const text = value.toLowerCase();
  if (text !== 'true' && text !== 'false') return call.fail(`${value} is neither TRUE nor FALSE.`);
  return text === 'true';
}
