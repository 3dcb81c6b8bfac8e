import { codeTokens, type Token } from '../../sql/lexer';
import { closingIndex, identifierOf, stringOf } from '../../sql/text';
import { NoValue } from './faults';
import { callFunction, castTo, modulo, power } from './functions';
import { isSymbol, isWord } from './pieces';
import {
  isSame,
  isTrue,
  isUnbound,
  order,
  plainNumber,
  printed,
  shown,
  type Thunk,
  type Value,
} from './values';

/**
 * The value of an expression without rows, as SQLMesh's executor computes it: Python's truth and numbers, nothing where a part is
 * nothing, LIKE that looks at the beginning alone and does not know NOT, names as things only the engine knows. Throws NoValue.
 */
export function evaluate(text: string): Value {
  const reader = new Reader(codeTokens(text));
  const thunk = reader.expression(0);
  reader.end();
  return thunk();
}

const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['='],
  ['<'],
  ['in', 'like', 'between', 'is', 'not'],
  ['||'],
  ['+', '-'],
  ['*', '/', '//', '%'],
  ['**', '^'],
];
const SAME_LEVEL: Readonly<Record<string, string>> = {
  '==': '=',
  '!=': '=',
  '<>': '=',
  '<=': '<',
  '>': '<',
  '>=': '<',
};
const DEEPEST = 200;

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  end(): void {
    const token = this.tokens[this.at];
    if (token) throw new NoValue(`${token.text} cannot be computed before the query runs.`);
  }

  expression(level: number): Thunk {
    if (++this.depth > DEEPEST) throw new NoValue('The expression is nested too deeply.');
    const thunk = this.binary(level);
    this.depth--;
    return thunk;
  }

  private binary(level: number): Thunk {
    if (level >= LEVELS.length) return this.prefix();
    if (level === 2 && isWord(this.peek(), 'not')) {
      this.at++;
      const inner = this.expression(2);
      return () => !isTrue(inner());
    }
    let left = this.binary(level + 1);
    for (;;) {
      const token = this.peek();
      const operator = token ? token.text.toLowerCase() : '';
      if (!token || token.kind === 'string' || token.kind === 'quoted') return left;
      if (!LEVELS[level]?.includes(SAME_LEVEL[operator] ?? operator)) return left;
      this.at++;
      left = level === 4 ? this.range(left, operator) : this.pair(left, operator, level);
    }
  }

  private pair(left: Thunk, operator: string, level: number): Thunk {
    const right = this.binary(level + 1);
    if (operator === 'or') return () => keepTrue(left(), right);
    if (operator === 'and') return () => keepFalse(left(), right);
    return () => {
      const [a, b] = [left(), right()];
      return a === null || b === null ? null : combine(operator, a, b);
    };
  }

  private range(left: Thunk, operator: string): Thunk {
    if (operator === 'not') {
      const next = this.take();
      const operator = next.text.toLowerCase();
      const positive = this.range(left, operator);
      return operator === 'like' ? positive : () => !isTrue(positive());
    }
    if (operator === 'is') return this.identity(left);
    if (operator === 'like') {
      const pattern = this.binary(5);
      return () => like(left(), pattern());
    }
    if (operator === 'between') return this.between(left);
    if (operator !== 'in')
      throw new NoValue(`${operator.toUpperCase()} cannot be computed before the query runs.`);
    const [open] = [this.peek()];
    if (!isSymbol(open, '(') && !isSymbol(open, '[')) throw new NoValue('IN needs a list in brackets.');
    const items = this.list();
    return () => {
      const value = left();
      return items.some((item) => isSame(value, item()));
    };
  }

  private identity(left: Thunk): Thunk {
    const negated = isWord(this.peek(), 'not');
    if (negated) this.at++;
    const right = this.binary(5);
    return () => isSame(left(), right()) !== negated;
  }

  private between(left: Thunk): Thunk {
    const low = this.binary(5);
    if (!isWord(this.take(), 'and')) throw new NoValue('BETWEEN needs AND.');
    const high = this.binary(5);
    return () => {
      const [value, from, to] = [left(), low(), high()];
      if (value === null || from === null || to === null) return null;
      return order(from, value) <= 0 && order(value, to) <= 0;
    };
  }

  private prefix(): Thunk {
    const sign = this.peek();
    if (isSymbol(sign, '-') || isSymbol(sign, '+')) {
      this.at++;
      const inner = this.expression(LEVELS.length);
      return isSymbol(sign, '-') ? () => negative(inner()) : inner;
    }
    let thunk = this.primary();
    while (isSymbol(this.peek(), '::')) {
      this.at++;
      thunk = this.cast(thunk, this.type());
    }
    return thunk;
  }

  private primary(): Thunk {
    const token = this.take();
    if (token.kind === 'number') return constant(numberOf(token.text));
    if (token.kind === 'string') return constant(stringOf(token) ?? token.text);
    if (isSymbol(token, '(') || isSymbol(token, '[')) return this.bracket();
    if (token.kind !== 'word' && token.kind !== 'quoted')
      throw new NoValue(`${token.text} cannot be computed before the query runs.`);
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'true' || word === 'false') return constant(word === 'true');
    if (word === 'null') return constant(null);
    if (word === 'case') return this.cases();
    if (word === 'array' && isSymbol(this.peek(), '[')) return this.primary();
    if (word === 'date' && this.peek()?.kind === 'string') return this.cast(this.primary(), 'date');
    if (word && isSymbol(this.peek(), '(')) return this.call(word);
    return this.name(token);
  }

  private bracket(): Thunk {
    this.at--;
    const square = isSymbol(this.peek(), '[');
    const items = this.list();
    const [only, more] = items;
    return only && !more && !square ? only : () => items.map((item) => item());
  }

  private name(first: Token): Thunk {
    let name = first;
    while (isSymbol(this.peek(), '.')) {
      this.at++;
      name = this.take();
    }
    return constant({ sql: name.kind === 'quoted' ? identifierOf(name) : name.text });
  }

  private call(name: string): Thunk {
    if (name === 'cast' || name === 'try_cast') return this.castCall();
    const args = this.list();
    return () => {
      const value = callFunction(
        name,
        args.map((arg) => arg()),
      );
      if (value !== undefined) return value;
      throw new NoValue(`Macros cannot compute the function ${name.toUpperCase()}.`);
    };
  }

  private castCall(): Thunk {
    this.at++;
    const inner = this.expression(0);
    if (!isWord(this.take(), 'as')) throw new NoValue('CAST needs AS and a type.');
    const type = this.type();
    if (!isSymbol(this.take(), ')')) throw new NoValue('CAST needs a closing bracket.');
    return this.cast(inner, type);
  }

  private cast(inner: Thunk, type: string): Thunk {
    return () => {
      const value = inner();
      return isUnbound(value) ? value : castTo(value, type);
    };
  }

  private type(): string {
    const name = this.take().text.toLowerCase();
    if (isSymbol(this.peek(), '(')) this.at = Math.max(closingIndex(this.tokens, this.at), this.at) + 1;
    return name;
  }

  private cases(): Thunk {
    const branches: { test: Thunk; value: Thunk }[] = [];
    if (!isWord(this.peek(), 'when')) throw new NoValue('Macros can only compute CASE WHEN.');
    while (isWord(this.peek(), 'when')) {
      this.at++;
      const test = this.expression(0);
      if (!isWord(this.take(), 'then')) throw new NoValue('CASE needs THEN.');
      branches.push({ test, value: this.expression(0) });
    }
    let otherwise: Thunk = constant(null);
    if (isWord(this.peek(), 'else')) {
      this.at++;
      otherwise = this.expression(0);
    }
    if (!isWord(this.take(), 'end')) throw new NoValue('CASE needs END.');
    return () => (branches.find(({ test }) => isTrue(test()))?.value ?? otherwise)();
  }

  /** The items of the bracket that is next, and past it. */
  private list(): readonly Thunk[] {
    const close = closingIndex(this.tokens, this.at);
    if (close < 0) throw new NoValue('A bracket is not closed.');
    const items: Thunk[] = [];
    this.at++;
    while (this.at < close) {
      items.push(this.expression(0));
      if (this.at < close && !isSymbol(this.take(), ','))
        throw new NoValue(`${this.tokens[this.at - 1]?.text} cannot be computed before the query runs.`);
    }
    this.at = close + 1;
    return items;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private take(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new NoValue('The expression ends too early.');
    return token;
  }
}

function constant(value: Value): Thunk {
  return () => value;
}

function keepTrue(left: Value, right: Thunk): Value {
  return isTrue(left) ? left : right();
}

function keepFalse(left: Value, right: Thunk): Value {
  return isTrue(left) ? right() : left;
}

function numberOf(text: string): Value {
  const digits = text.replaceAll('_', '');
  return /^(0[xX][0-9a-fA-F]+|\d+)$/.test(digits) ? BigInt(digits) : Number(digits);
}

function negative(value: Value): Value {
  if (value === null) return null;
  const number = plainNumber(value);
  if (number !== undefined) return -number;
  if (isUnbound(value)) return { sql: `-${value.sql}` };
  throw new NoValue(`${shown(value)} is not a number.`);
}

function combine(operator: string, a: Value, b: Value): Value {
  if (operator === '=' || operator === '==') return isSame(a, b);
  if (operator === '<>' || operator === '!=') return !isSame(a, b);
  if (isUnbound(a) || isUnbound(b)) return { sql: `${shown(a)} ${operator} ${shown(b)}` };
  if (operator === '||') return `${printed(a)}${printed(b)}`;
  if (SAME_LEVEL[operator] === '<' || operator === '<') return compared(operator, order(a, b));
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  const [left, right] = [plainNumber(a), plainNumber(b)];
  if (left === undefined || right === undefined)
    throw new NoValue(`${shown(a)} ${operator} ${shown(b)} cannot be computed.`);
  return arithmetic(operator, left, right);
}

function compared(operator: string, sign: number): boolean {
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  return operator === '>' ? sign > 0 : sign >= 0;
}

function arithmetic(operator: string, a: bigint | number, b: bigint | number): Value {
  if (operator === '**' || operator === '^') return power(a, b);
  if (Number(b) === 0 && operator === '/') return null;
  if (Number(b) === 0 && operator === '//') throw new NoValue('A division by zero.');
  if (operator === '/') return Number(a) / Number(b);
  if (operator === '%') return modulo(a, b);
  if (operator === '//') return floorDivision(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint')
    return operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  const [left, right] = [Number(a), Number(b)];
  return operator === '+' ? left + right : operator === '-' ? left - right : left * right;
}

function floorDivision(a: bigint | number, b: bigint | number): Value {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return Math.floor(Number(a) / Number(b));
  return a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
}

/** The pattern must fit the beginning of the text; what follows is not looked at. */
function like(value: Value, pattern: Value): Value {
  if (value === null || pattern === null) return null;
  if (typeof value !== 'string' || typeof pattern !== 'string')
    throw new NoValue(`${shown(value)} LIKE ${shown(pattern)} cannot be computed.`);
  let ends = new Set([0]);
  for (const mark of pattern) {
    const next = new Set<number>();
    for (const at of ends) {
      if (mark === '%') for (let to = at; to <= value.length; to++) next.add(to);
      else if (at < value.length && (mark === '_' || value[at] === mark)) next.add(at + 1);
    }
    ends = next;
  }
  return ends.size > 0;
}
