import type { Result } from '../base/result';
import { ok } from '../base/result';
import { codeTokens, type Token } from '../sql/lexer';
import { closingIndex, identifierOf, splitAtCommas } from '../sql/text';
import type { Flaw } from './kind-properties';
import type { AuditCall } from './model';

/** The calls of an `audits` property: `a`, `(a, b(x := 1))`, `[a, b(x = 1)]`; arguments have names. */
export function readAuditCalls(value: string): Result<readonly AuditCall[]> | ({ ok: false } & Flaw) {
  const tokens = codeTokens(value);
  const open = tokens[0]?.text;
  const bracketed = (open === '(' || open === '[') && closingIndex(tokens, 0) === tokens.length - 1;
  const calls: AuditCall[] = [];
  for (const part of splitAtCommas(bracketed ? tokens.slice(1, -1) : tokens)) {
    const call = readCall(part, value);
    if ('problem' in call) return { ok: false, ...call };
    calls.push(call);
  }
  return ok(calls);
}

function readCall(part: readonly Token[], value: string): AuditCall | Flaw {
  const [first, open] = part;
  if (!first || (first.kind !== 'word' && first.kind !== 'quoted'))
    return flawed('The name of an audit is missing.', first?.start ?? 0);
  const name = identifierOf(first).toLowerCase();
  if (!open) return { name, arguments: {}, blocking: null };
  const close = closingIndex(part, 1);
  if (open.text !== '(' || close !== part.length - 1)
    return flawed(`The audit ${name} must be called as ${name}(argument := value).`, open.start);
  const given = new Map<string, string>();
  for (const argument of splitAtCommas(part.slice(2, close))) {
    const [key, sign, from] = argument;
    if (!key || !sign || !from || (sign.text !== ':=' && sign.text !== '='))
      return flawed(
        `The audit ${name} takes arguments by name, as ${name}(argument := value).`,
        key?.start ?? open.start,
      );
    given.set(identifierOf(key).toLowerCase(), value.slice(from.start, argument.at(-1)?.end));
  }
  const blocking = given.get('blocking');
  given.delete('blocking');
  return {
    name,
    arguments: Object.fromEntries(given),
    blocking: blocking === undefined ? null : blocking.toLowerCase() === 'true',
  };
}

function flawed(message: string, offset: number): Flaw {
  return { problem: { code: 'model.invalid', message }, offset };
}
