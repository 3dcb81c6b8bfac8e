import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { positionOf } from '../sql/text';

const CALL =
  /\{\{-?\s*(env_var|user)\s*\(\s*(?:(['"])(.*?)\2\s*(?:,\s*(?:default\s*=\s*)?(?:(['"])(.*?)\4|([\w.-]+))\s*)?)?\)\s*-?\}\}/g;

/**
 * Fills in `{{ env_var('NAME', 'default') }}` as SQLMesh does; a name that is not set and has no default gives `None`. Lines stay
 * where they are. Any other Jinja is a problem with its place.
 */
export function fillTemplate(
  file: { readonly path: string; readonly text: string },
  env: (name: string) => string | undefined,
): Result<string> {
  const filled = file.text.replace(/\{#[\s\S]*?#\}/g, keepLines).replace(CALL, (...found: unknown[]) => {
    const [, call, , name = '', , quoted, bare] = found as readonly (string | undefined)[];
    if (call === 'user') return env('USER') ?? env('USERNAME') ?? 'user';
    return env(name) ?? quoted ?? bare ?? 'None';
  });
  const uncommented = filled.replace(/^\s*#.*$/gm, (line) => ' '.repeat(line.length));
  const at = uncommented.search(/\{\{|\{%/);
  if (at < 0) return ok(filled);
  return failed({
    code: 'config.invalid',
    message: 'Of Jinja, only env_var is read here.',
    place: { file: file.path, ...positionOf(filled, at) },
    kept: 'The file was left as it is.',
    remedy: "Write the value, or {{ env_var('NAME', 'default') }}.",
  } satisfies Problem);
}

function keepLines(comment: string): string {
  return comment.replace(/[^\n]/g, '');
}
