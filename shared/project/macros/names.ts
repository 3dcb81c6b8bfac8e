import type { Token } from '../../sql/lexer';
import type { Lambda, Scope } from './call';
import type { MacroContext } from './context';
import { nameOf, plainText, quoteString } from './pieces';
import { isTimeVariable, timeVariable } from './time';
import { variableText } from './variables';

/** All that names stand for in one text: what definitions made, and what the context gives. */
export class Names {
  readonly values = new Map<string, string>();
  readonly functions = new Map<string, Lambda>();

  constructor(
    private readonly context: MacroContext,
    private readonly keepsTime: boolean,
  ) {}

  /** What `@name` stands for: lambdas and definitions before what the run gives, blueprints before the configuration. */
  lookUp(name: string, scope: Scope): string | undefined {
    const known = scope.names.get(name) ?? this.values.get(name) ?? own(this.context.values, name);
    if (known !== undefined) return known;
    if (isTimeVariable(name))
      return this.keepsTime && !scope.evaluated ? `@${name}` : timeVariable(name, this.context);
    if (name === 'runtime_stage') return quoteString(this.context.stage ?? 'evaluating');
    const blueprint = own(this.context.blueprint ?? {}, name);
    if (blueprint !== undefined) return blueprint;
    return Object.hasOwn(this.context.variables, name)
      ? variableText(this.context.variables[name])
      : undefined;
  }

  /** A text with `@x` and `@{x}` replaced as in a string; what nobody knows stays, `@@` is one `@`. */
  template(text: string, scope: Scope, isName = false): string {
    return text.replace(/@(?:@|([a-z_][a-z0-9_]*)|\{([a-z_][a-z0-9_]*)\})/gi, (all, open, braced) => {
      if (all === '@@') return '@';
      const name = String(open ?? braced).toLowerCase();
      const value = this.lookUp(name, { ...scope, evaluated: true });
      if (value === undefined) return all;
      return isName && scope.names.has(name) ? nameOf(value) : plainText(value);
    });
  }

  /** The names that a misspelled one may have meant. */
  all(macros: readonly string[]): readonly string[] {
    const times = ['start', 'end', 'execution'].flatMap((which) =>
      ['ds', 'date', 'ts', 'dt'].map((form) => `${which}_${form}`),
    );
    const { values, variables, blueprint, pythonMacros } = this.context;
    return [
      ...[...macros, ...this.functions.keys(), ...this.values.keys(), ...(pythonMacros?.keys() ?? [])],
      ...[...Object.keys(values), ...Object.keys(variables), ...Object.keys(blueprint ?? {})],
      ...times,
    ];
  }
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The name that a macro token calls, in lower case. */
export function macroName(token: Token): string {
  return token.text
    .replace(/^@+\{?|\}$/g, '')
    .trim()
    .toLowerCase();
}

/** The index behind the name that begins at `at` and holds `@x` or `@{x}`; `at` itself where there is none. */
export function compoundEnd(tokens: readonly Token[], at: number, to: number): number {
  let end = at + 1;
  let holds = tokens[at]?.text.startsWith('@{') ?? false;
  while (end < to && tokens[end]?.start === tokens[end - 1]?.end) {
    const token = tokens[end];
    if (token?.kind !== 'word' && token?.kind !== 'macro' && token?.kind !== 'number') break;
    if (token.kind === 'number' && !/^\d/.test(token.text)) break;
    if (token.kind === 'macro' && token.text.startsWith('@@')) break;
    holds = true;
    end++;
  }
  return holds ? end : at;
}
