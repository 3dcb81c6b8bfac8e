import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { DAY, toDay, toTimestamp } from '../base/time';
import { codeTokens, type Token } from '../sql/lexer';
import { sql } from '../sql/sql';
import { applyEdits, closingIndex, type Edit, positionOf, splitAtCommas, stringOf } from '../sql/text';

/** What SQLMesh calls the runtime stage: why a text is being rendered. */
export type RuntimeStage = 'loading' | 'creating' | 'evaluating' | 'promoting' | 'auditing' | 'testing';

/** What a model's text is expanded with: `[start, end)` and the execution time in ms UTC. */
export interface MacroContext {
  readonly start: number;
  readonly end: number;
  readonly executionTime: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** SQL by macro name in lower case, such as `this_model`, or the arguments of an audit */
  readonly values: Readonly<Record<string, string>>;
  readonly stage?: RuntimeStage;
  /** texts of `@DEF(...)` statements, in their order */
  readonly definitions?: readonly string[];
  /** a blueprint's values by name in lower case, as SQL text */
  readonly blueprint?: Readonly<Record<string, string>>;
  /** the columns of a table that the text names, where they are known */
  readonly columnsOf?: (
    table: string,
  ) => readonly { readonly name: string; readonly type: string }[] | undefined;
}

/** An expanded text and the edits that made it from the author's. */
export interface Expanded {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/**
 * Replaces macros by text spans; everything else stays byte for byte. An unknown macro is a problem with its line and column.
 * The time variables and their exact forms are SQLMesh's (docs/concepts/macros, "Predefined variables"): ends are inclusive.
 */
export function expandMacros(text: string, context: MacroContext): Result<Expanded> {
  const edits: Edit[] = [];
  const tokens = codeTokens(text);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind !== 'macro') continue;
    const name = token.text.replace(/^@+\{?|\}$/g, '').toLowerCase();
    if (name === 'var') {
      const close = closingIndex(tokens, i + 1);
      const value = variableOf(tokens.slice(i + 2, close), text, context);
      if (!value.ok) return failed(unknownMacro(value.problem.message, text, token));
      edits.push({ start: token.start, end: tokens[close]?.end ?? token.end, text: value.value });
      i = close < 0 ? i : close;
      continue;
    }
    const value = context.values[name] ?? timeVariable(name, context) ?? plainVariable(name, context);
    if (value === undefined) return failed(unknownMacro(`There is no macro ${token.text}.`, text, token));
    edits.push({ start: token.start, end: token.end, text: value });
  }
  return ok({ text: applyEdits(text, edits), edits });
}

/** Whether a text uses `@start_...` or `@end_...`, so that its rows depend on where batches end. */
export function usesTimeRange(text: string): boolean {
  return codeTokens(text).some((token) => token.kind === 'macro' && /^@+\{?(start|end)_/i.test(token.text));
}

function timeVariable(name: string, context: MacroContext): string | undefined {
  const match = /^(start|end|execution|latest)_([a-z]+)$/.exec(name);
  if (!match) return undefined;
  const [, which, form = ''] = match;
  if (which === 'start') return timeForm(form, context.start, false);
  return which === 'end' ? timeForm(form, context.end, true) : timeForm(form, context.executionTime, false);
}

function timeForm(form: string, time: number, inclusiveEnd: boolean): string | undefined {
  const millis = inclusiveEnd ? time - 1 : time;
  const day = toDay(millis);
  const stamp = inclusiveEnd ? toTimestamp(millis).replace(/\.999$/, '.999999') : toTimestamp(time);
  const forms: Readonly<Record<string, () => string>> = {
    date: () => sql`CAST(${day} AS DATE)`.text,
    ds: () => sql`${day}`.text,
    ts: () => sql`${stamp}`.text,
    tstz: () => sql`${`${stamp}+00:00`}`.text,
    dt: () => sql`CAST(${`${stamp}+00:00`} AS TIMESTAMPTZ)`.text,
    dtntz: () => sql`CAST(${stamp} AS TIMESTAMP)`.text,
    epoch: () => (millis % 1000 === 0 ? `${millis / 1000}.0` : String(millis / 1000)),
    millis: () => String(millis),
    hour: () => String(Math.floor((millis % DAY) / 3_600_000)),
  };
  return forms[form]?.();
}

function plainVariable(name: string, context: MacroContext): string | undefined {
  return Object.hasOwn(context.variables, name) ? variableText(context.variables[name]) : undefined;
}

function variableOf(tokens: readonly Token[], text: string, context: MacroContext): Result<string> {
  const [nameTokens, fallback] = splitAtCommas(tokens);
  const name = (nameTokens?.[0] && stringOf(nameTokens[0]))?.toLowerCase() ?? '';
  const value = plainVariable(name, context);
  if (value !== undefined) return ok(value);
  if (fallback) return ok(text.slice(fallback[0]?.start, fallback.at(-1)?.end));
  return failed({
    code: 'model.invalid',
    message: `There is no variable ${name || '(without a name)'} in config.yaml.`,
  });
}

function variableText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'NULL' : sql`${String(value)}`.text;
}

function unknownMacro(message: string, text: string, token: Token): Problem {
  return {
    code: 'model.invalid',
    message,
    place: positionOf(text, token.start),
    remedy: 'Check the spelling, or add a variable of that name to config.yaml.',
  };
}
