import { closest } from '../../base/closest';
import { placeText } from '../../base/errors';
import { codeTokens, type Token } from '../../sql/lexer';
import { id } from '../../sql/sql';
import { closingIndex, type Edit, identifierOf, stringOf } from '../../sql/text';
import { BUILT_IN } from './built-in';
import {
  type Call,
  type Lambda,
  type Part,
  partsOf,
  readLambda,
  type Scope,
  type Source,
  startsStatement,
} from './call';
import { clauseEnd, clauseKeyword, clauseStart, isClauseMacro } from './clauses';
import type { MacroContext, Output } from './context';
import { evaluate } from './evaluate';
import { MacroFault, NoValue } from './faults';
import { fitEdit, type Replacement } from './fit';
import { compoundEnd, macroName, Names } from './names';
import { isSymbol, isWord, listItems, nameOf, nameText, operand, plainText, quoteString } from './pieces';
import { isTimeVariable } from './time';
import { isTrue, type Value } from './values';

const EMPTY: Scope = { names: new Map(), bare: new Set(), evaluated: false };
const COMPUTED = new Set(['if', 'eval', 'union']);
const MOST_CALLS = 100_000;
const MOST_TEXT = 20_000_000;
const DEEPEST = 60;

/** Expands one text; definitions found on the way hold for the rest of it. Throws MacroFault. */
export class Expander {
  private readonly names: Names;
  private calls = 0;
  private written = 0;
  private depth = 0;

  /** `keepsTime`: time variables stay as they are, in lower case */
  constructor(
    private readonly context: MacroContext,
    keepsTime: boolean,
  ) {
    this.names = new Names(context, keepsTime);
    for (const definition of context.definitions ?? []) this.readDefinition(definition);
  }

  private readDefinition(text: string): void {
    try {
      this.expandText(text, { at: 0, scope: EMPTY });
    } catch (error) {
      if (!(error instanceof MacroFault)) throw error;
      const { code, remedy } = error;
      throw new MacroFault(`${text.trim()}: ${error.message}`, 0, { code, ...(remedy ? { remedy } : {}) });
    }
  }

  /** The edits of the author's text. */
  editsOf(text: string): readonly Edit[] {
    const tokens = codeTokens(text);
    return this.edits({ text, tokens }, 0, tokens.length, EMPTY);
  }

  private edits(source: Source, from: number, to: number, scope: Scope): readonly Edit[] {
    const edits: Edit[] = [];
    for (let i = from; i < to; ) {
      const made = this.readAt(source, i, to, scope);
      const edit = made && fitEdit(source, made, edits);
      if (edit) edits.push(edit);
      if (edit) this.written += edit.text.length;
      if (this.written > MOST_TEXT) this.fail(source, i, 'The text grows too large.');
      i = made ? made.next : i + 1;
    }
    return edits;
  }

  private readAt(source: Source, at: number, to: number, scope: Scope): Replacement | undefined {
    const { tokens } = source;
    const token = tokens[at];
    if (!token) return undefined;
    const next = tokens[at + 1];
    if (isSymbol(token, '@') && next && next.start === token.end && next.kind === 'string')
      return {
        first: at,
        next: at + 2,
        text: quoteString(this.names.template(stringOf(next) ?? next.text, scope)),
      };
    if (token.kind === 'quoted') return this.quoted(source, at, scope);
    if (token.kind !== 'word' && token.kind !== 'macro') return undefined;
    const end = compoundEnd(tokens, at, to);
    if (end > at) return { first: at, next: end, text: this.compound(source, at, end, scope) };
    if (token.kind === 'word') return this.bareWord(source, at, scope);
    if (token.text.startsWith('@@')) return undefined;
    const isCall = isSymbol(next, '(') && at + 1 < to && !this.isVariable(token, next, scope);
    return isCall ? this.called(source, at, to, scope) : this.variable(source, at, scope);
  }

  /** `@this_model (a, b)`: a variable with a bracket apart from it. */
  private isVariable(token: Token, next: Token | undefined, scope: Scope): boolean {
    const name = macroName(token);
    if (next?.start === token.end || Object.hasOwn(BUILT_IN, name) || this.names.functions.has(name))
      return false;
    return this.names.lookUp(name, scope) !== undefined;
  }

  private quoted(source: Source, at: number, scope: Scope): Replacement | undefined {
    const token = source.tokens[at];
    if (!token) return undefined;
    const name = identifierOf(token);
    const bare = scope.bare.has(name.toLowerCase()) ? scope.names.get(name.toLowerCase()) : undefined;
    if (bare !== undefined) return { first: at, next: at + 1, text: bare };
    const text = name.includes('@') ? this.names.template(name, scope, true) : name;
    return text === name ? undefined : { first: at, next: at + 1, text: id(text.toLowerCase()).text };
  }

  private bareWord({ tokens }: Source, at: number, scope: Scope): Replacement | undefined {
    const name = tokens[at]?.text.toLowerCase() ?? '';
    if (!scope.bare.has(name) || isSymbol(tokens[at + 1], '(')) return undefined;
    return { first: at, next: at + 1, text: settled(scope.names.get(name) ?? '', scope) };
  }

  private compound(source: Source, from: number, to: number, scope: Scope): string {
    const parts = source.tokens.slice(from, to).map((token, index) => {
      if (token.kind !== 'macro') return token.text;
      const value = this.names.lookUp(macroName(token), { ...scope, evaluated: true });
      if (value === undefined) return this.unknown(source, from + index);
      return scope.names.has(macroName(token)) ? nameOf(value) : plainText(value);
    });
    return nameText(parts.join('').toLowerCase());
  }

  private variable(source: Source, at: number, scope: Scope): Replacement {
    const token = source.tokens[at];
    const value = token && this.valueOf(source, at, scope);
    if (value === undefined) return this.unknown(source, at);
    const isInList = scope.evaluated && isWord(source.tokens[at - 1], 'in') && listItems(value) !== undefined;
    return { first: at, next: at + 1, text: isInList ? `(${value})` : settled(value, scope) };
  }

  /** What a variable stands for, with the macros in it: an audit's argument may hold some. */
  private valueOf(source: Source, at: number, scope: Scope): string | undefined {
    const token = source.tokens[at];
    const name = token ? macroName(token) : '';
    const value = this.names.lookUp(name, scope);
    if (!value?.includes('@') || value === `@${name}` || scope.names.has(name)) return value;
    return this.expandText(value, {
      at: this.offset(source, at),
      scope: { ...EMPTY, evaluated: scope.evaluated },
    });
  }

  private called(source: Source, at: number, to: number, scope: Scope): Replacement {
    const { tokens } = source;
    const token = tokens[at];
    const name = token ? macroName(token) : '';
    const close = closingIndex(tokens, at + 1);
    if (close < 0 || close >= to)
      return this.fail(source, at, `The bracket of ${token?.text} is not closed.`);
    if (isClauseMacro(name)) return this.clause(source, { name, at, close, to }, scope);
    if (name === 'def') return this.define(source, at, close, scope);
    const output = this.call(source, { at, close }, scope);
    const next = Array.isArray(output) ? suffixEnd(tokens, close + 1) : close + 1;
    const whole = at === 0 && next === tokens.length && source.at === undefined;
    const text = typeof output === 'string' ? settled(output, scope) : joined(output, whole);
    return { first: at, next, text };
  }

  private clause(
    source: Source,
    { name, at, close, to }: { name: string; at: number; close: number; to: number },
    scope: Scope,
  ): Replacement {
    const test = this.text(source, at + 2, close, { ...scope, bare: new Set(), evaluated: true });
    const isKept = isTrue(this.evaluate(source, at, test));
    if (isKept) return { first: at, next: close + 1, text: clauseKeyword(name) };
    const end = clauseEnd(source.tokens, name, { from: close + 1, to });
    return { first: clauseStart(source.tokens, name, at), next: end, text: ' ' };
  }

  private define(source: Source, at: number, close: number, scope: Scope): Replacement {
    const { tokens } = source;
    const comma = tokens.findIndex((token, index) => index > at + 1 && isSymbol(token, ','));
    const named = tokens[at + 2];
    if (!named || comma < 0 || comma >= close)
      return this.fail(source, at, '@DEF needs a name and what it stands for.');
    const name = named.kind === 'macro' ? macroName(named) : identifierOf(named).toLowerCase();
    const lambda = readLambda(tokens, comma + 1, close);
    if (lambda) this.names.functions.set(name, { ...lambda, source, from: lambda.body, to: close, scope });
    else
      this.names.values.set(
        name,
        asOne(this.items(source, { name: undefined, from: comma + 1, to: close }, scope)),
      );
    const semicolon = isSymbol(tokens[close + 1], ';') ? 1 : 0;
    return { first: at, next: close + 1 + semicolon, text: ' ' };
  }

  /** What the call at a token gives. */
  private call(source: Source, { at, close }: { at: number; close: number }, scope: Scope): Output {
    const token = source.tokens[at];
    const name = token ? macroName(token) : '';
    const macro = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
    const own = this.names.functions.get(name);
    if (!macro && !own) return this.unknown(source, at);
    if (++this.calls > MOST_CALLS || this.depth > DEEPEST)
      return this.fail(source, at, `${token?.text} calls itself without an end.`);
    this.depth++;
    const call = this.prepare(source, { at, close }, scope);
    const output = own
      ? this.applyOwn(own, call.args, { ...scope, at: this.offset(source, at) })
      : macro
        ? this.run(macro, call)
        : null;
    this.depth--;
    return output;
  }

  private run(macro: (call: Call) => Output, call: Call): Output {
    try {
      return macro(call);
    } catch (error) {
      if (error instanceof NoValue) return call.fail(`@${call.name.toUpperCase()}: ${error.message}`);
      throw error;
    }
  }

  private applyOwn(own: Lambda, args: readonly string[], { at, ...scope }: Scope & { at: number }): Output {
    const [only, more] = args;
    const isTuple = only !== undefined && more === undefined && only.startsWith('(');
    const items = isTuple ? listItems(only) : undefined;
    const names = new Map([...own.scope.names, ...scope.names]);
    const values = items && items.length > 1 ? items : args;
    const source = own.source.at === undefined ? own.source : { ...own.source, at };
    const output = this.apply({ ...own, source, scope: { ...scope, names } }, values, scope.evaluated);
    return output.length === 1 ? (output[0] ?? null) : output;
  }

  private prepare(source: Source, { at, close }: { at: number; close: number }, scope: Scope): Call {
    const token = source.tokens[at];
    const name = token ? macroName(token) : '';
    const inner: Scope = { ...scope, bare: new Set() };
    const parts = partsOf(source.tokens, name, { open: at + 1, close });
    const last = parts.at(-1);
    const lambda = last && this.lambdaOf(source, name, last, inner);
    const named = new Map<string, string>();
    const args: string[] = [];
    for (const part of lambda ? parts.slice(0, -1) : parts) {
      const evaluated = scope.evaluated || (COMPUTED.has(name) && part === parts[0]);
      const items = this.items(source, part, { ...inner, evaluated });
      if (part.name !== undefined) named.set(part.name, items.join(', '));
      else if (named.size > 0)
        this.fail(source, part.from, 'An argument without a name cannot follow one with a name.');
      else args.push(...items);
    }
    return {
      name,
      context: this.context,
      args,
      named,
      lambda,
      apply: (used, values, evaluated = false) => this.apply(used, values, evaluated || scope.evaluated),
      evaluate: (text) => this.evaluate(source, at, text),
      template: (text) => this.names.template(text, inner),
      expand: (text) => this.expandText(text, { at: this.offset(source, at), scope: inner }),
      fail: (message) => this.fail(source, at, message),
    };
  }

  private lambdaOf(source: Source, macro: string, part: Part, scope: Scope): Lambda | undefined {
    if (macro !== 'each' && macro !== 'reduce' && macro !== 'filter') return undefined;
    const read = readLambda(source.tokens, part.from, part.to);
    return read && { params: read.params, source, from: read.body, to: part.to, scope };
  }

  private apply(lambda: Lambda, values: readonly string[], evaluated: boolean): readonly string[] {
    const names = new Map(lambda.scope.names);
    lambda.params.forEach((param, index) => {
      const value = values[index];
      if (value !== undefined) names.set(param, value);
    });
    const bare = new Set(lambda.params.filter((_, index) => index < values.length));
    return this.items(
      lambda.source,
      { name: undefined, from: lambda.from, to: lambda.to },
      { names, bare, evaluated },
    );
  }

  /** A part expanded: what a macro that is all of it gives stays apart, all else is one item. */
  private items(source: Source, part: Part, scope: Scope): readonly string[] {
    const { tokens } = source;
    const token = tokens[part.from];
    const isCall =
      token?.kind === 'macro' &&
      !isClauseMacro(macroName(token)) &&
      compoundEnd(tokens, part.from, part.to) <= part.from &&
      isSymbol(tokens[part.from + 1], '(') &&
      closingIndex(tokens, part.from + 1) === part.to - 1;
    if (!isCall) return [this.text(source, part.from, part.to, scope)].filter((text) => text.trim() !== '');
    const output = this.call(source, { at: part.from, close: part.to - 1 }, scope);
    if (output === null) return [];
    if (typeof output === 'string') return [output];
    const [only, more] = output;
    return only !== undefined && more === undefined && listItems(only) ? [`[${only}]`] : output;
  }

  private text(source: Source, from: number, to: number, scope: Scope): string {
    const start = source.tokens[from]?.start ?? 0;
    const end = to > from ? (source.tokens[to - 1]?.end ?? start) : start;
    let out = '';
    let at = start;
    for (const edit of this.edits(source, from, to, scope)) {
      out += source.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return out + source.text.slice(at, end);
  }

  private expandText(text: string, { at, scope }: { at: number; scope: Scope }): string {
    if (!text.includes('@')) return text;
    const tokens = codeTokens(text);
    if (++this.depth > DEEPEST) throw new MacroFault('Macros call each other without an end.', at);
    const expanded = this.text({ text, tokens, at }, 0, tokens.length, scope);
    this.depth--;
    return expanded;
  }

  private evaluate(source: Source, at: number, text: string): Value {
    const scope = { ...EMPTY, evaluated: true };
    try {
      return evaluate(this.expandText(text, { at: this.offset(source, at), scope }));
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return this.fail(source, at, `${source.tokens[at]?.text}: ${error.message}`);
    }
  }

  private unknown(source: Source, at: number): never {
    const token = source.tokens[at];
    const name = token ? macroName(token) : '';
    const python = this.context.pythonMacros?.get(name);
    if (python)
      throw new MacroFault(
        `@${name} is written in Python (${placeText(python)}), which Teal cannot run.`,
        this.offset(source, at),
        {
          code: 'model.unsupported',
          remedy: 'Write it as a @DEF function or in SQL; the other models still work.',
        },
      );
    if (isTimeVariable(name))
      return this.fail(source, at, `There is no ${token?.text}: this kind of model has no range of time.`);
    if (Object.hasOwn(BUILT_IN, name) || this.names.functions.has(name))
      return this.fail(source, at, `${token?.text} needs its arguments in brackets.`);
    const near = closest(name, this.names.all(Object.keys(BUILT_IN)));
    throw new MacroFault(`There is no macro ${token?.text}.`, this.offset(source, at), {
      remedy: near
        ? `Did you mean @${near}?`
        : 'Check the spelling, or add a variable of that name to config.yaml.',
    });
  }

  private fail(source: Source, at: number, message: string): never {
    throw new MacroFault(message, this.offset(source, at));
  }

  private offset(source: Source, at: number): number {
    return source.at ?? source.tokens[at]?.start ?? 0;
  }
}

/** Past `AS name` and `::type` behind several pieces: SQLMesh puts the pieces in the place of all of it. */
function suffixEnd(tokens: readonly Token[], at: number): number {
  if (isWord(tokens[at], 'as') && tokens[at + 1]) return at + 2;
  if (!isSymbol(tokens[at], '::')) return at;
  const end = isSymbol(tokens[at + 2], '(') ? closingIndex(tokens, at + 2) + 1 : at + 2;
  return suffixEnd(tokens, Math.max(end, at + 2));
}

/** Several pieces as one value: a tuple. */
function asOne(items: readonly string[]): string {
  const [only, more] = items;
  return only !== undefined && more === undefined ? only : `(${items.join(', ')})`;
}

/** What is computed keeps together what a macro gave; what is run stands as it would in the author's text. */
function settled(text: string, scope: Scope): string {
  return scope.evaluated ? operand(text) : text;
}

function joined(output: Output, isWholeText: boolean): string {
  if (output === null) return '';
  if (typeof output === 'string') return output;
  const [first] = output;
  const statements = isWholeText && first !== undefined && startsStatement(codeTokens(first), 0);
  return output.join(statements ? ';\n' : ', ');
}
