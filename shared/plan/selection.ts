import { failed, ok, type Result } from '../base/result';

/** What models are chosen from: names with their tags, and who is above and below whom. */
export interface Selectable {
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly above: (name: string) => readonly string[];
  readonly below: (name: string) => readonly string[];
}

/**
 * The names that selectors choose, as SQLMesh reads them: `mart.a`, `mart.*`, `+name`, `name+`, `tag:x`, `^not`, `a & b`, `a | b`, and
 * brackets; several selectors add up. A plain name that is none chooses nothing.
 */
export function selectModels(selectors: readonly string[], from: Selectable): Result<ReadonlySet<string>> {
  const chosen = new Set<string>();
  for (const selector of selectors) {
    const read = new Reader(selector, from).whole();
    if (!read.ok) return read;
    for (const name of read.value) chosen.add(name);
  }
  return ok(chosen);
}

type Chosen = ReadonlySet<string>;

class Unreadable extends Error {}

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly from: Selectable,
  ) {
    this.tokens = text.match(/[()&|^+:]|[^\s()&|^+:]+/g) ?? [];
  }

  whole(): Result<Chosen> {
    try {
      const chosen = this.either();
      if (this.at < this.tokens.length) throw new Unreadable();
      return ok(chosen);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return failed({
        code: 'usage.invalid',
        message: `${this.text || 'An empty text'} is no selector of models.`,
        kept: 'Nothing was done.',
        remedy: 'Use a name, mart.*, +name, name+, tag:x, ^name, and these with & and |.',
      });
    }
  }

  private either(): Chosen {
    let chosen = this.unary();
    if (this.take('&')) {
      const other = this.unary();
      chosen = new Set([...chosen].filter((name) => other.has(name)));
    }
    return this.take('|') ? new Set([...chosen, ...this.either()]) : chosen;
  }

  private unary(): Chosen {
    if (!this.take('^')) return this.directed();
    const other = this.unary();
    return new Set([...this.from.tags.keys()].filter((name) => !other.has(name)));
  }

  private directed(): Chosen {
    const up = this.take('+');
    const named = this.operand();
    const down = this.take('+');
    return new Set(
      [...named].flatMap((name) => [
        name,
        ...(up ? this.from.above(name) : []),
        ...(down ? this.from.below(name) : []),
      ]),
    );
  }

  private operand(): Chosen {
    if (this.take('(')) {
      const inner = this.either();
      if (!this.take(')')) throw new Unreadable();
      return inner;
    }
    const word = this.tokens[this.at++];
    if (word === undefined || /^[()&|^+:]$/.test(word)) throw new Unreadable();
    const { tags } = this.from;
    if (!this.take(':')) return new Set([...tags.keys()].filter((name) => matches(word.toLowerCase(), name)));
    const value = this.tokens[this.at++];
    if (word.toLowerCase() !== 'tag' || value === undefined) throw new Unreadable();
    const wanted = value.toLowerCase();
    return new Set(
      [...tags].flatMap(([name, own]) =>
        own.some((tag) => matches(wanted, tag.toLowerCase())) ? [name] : [],
      ),
    );
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}

/** Whether a name fits a pattern in which `*` stands for anything. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
