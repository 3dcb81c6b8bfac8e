import { fault } from '../base/errors';
import { NO_SCHEMA, tableNameOf } from '../sql/references';

/** What a selection looks at. */
export interface Selectable {
  readonly name: string;
  readonly tags: readonly string[];
  readonly parents: readonly string[];
}

/**
 * Names of the models that expressions select, as SQLMesh reads them: names, `*` wildcards, `tag:x`, `+name` with all above,
 * `name+` with all below, `&`, `|`, `^` for not, parentheses. Several expressions add up.
 */
export function selectModels(
  expressions: readonly string[],
  models: readonly Selectable[],
): readonly string[] {
  const found = new Set<string>();
  for (const expression of expressions) {
    const reader = new SelectionReader(expression, models);
    for (const name of reader.read()) found.add(name);
  }
  return models.map((model) => model.name).filter((name) => found.has(name));
}

type Names = ReadonlySet<string>;

class SelectionReader {
  private readonly words: readonly string[];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly models: readonly Selectable[],
  ) {
    this.words = text.match(/"[^"]*"|[()&|^+]|[^\s()&|^+"]+(?:"[^"]*")?/g) ?? [];
  }

  read(): Names {
    const names = this.any();
    if (this.at < this.words.length || this.words.length === 0) throw this.unreadable();
    return names;
  }

  private any(): Names {
    let names = this.all();
    while (this.take('|')) names = new Set([...names, ...this.all()]);
    return names;
  }

  private all(): Names {
    let names = this.one();
    while (this.take('&')) {
      const others = this.one();
      names = new Set([...names].filter((name) => others.has(name)));
    }
    return names;
  }

  private one(): Names {
    if (this.take('^')) {
      const names = this.one();
      return new Set(this.models.map((model) => model.name).filter((name) => !names.has(name)));
    }
    const above = this.take('+');
    let names = this.base();
    const below = this.take('+');
    if (above) names = this.reach(names, (name) => this.parentsOf(name));
    if (below) names = this.reach(names, (name) => this.childrenOf(name));
    return names;
  }

  private base(): Names {
    if (this.take('(')) {
      const names = this.any();
      if (!this.take(')')) throw this.unreadable();
      return names;
    }
    const word = this.words[this.at++];
    if (word === undefined || /^[()&|^+]$/.test(word)) throw this.unreadable();
    const tag = /^tag:(.*)$/is.exec(word)?.[1]?.toLowerCase();
    const matches =
      tag === undefined
        ? (model: Selectable) => isNamed(word.replaceAll('"', '').toLowerCase(), model.name)
        : (model: Selectable) => model.tags.some((own) => like(tag, own.toLowerCase()));
    return new Set(this.models.filter(matches).map((model) => model.name));
  }

  private reach(names: Names, next: (name: string) => readonly string[]): Names {
    const seen = new Set(names);
    const queue = [...names];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      for (const other of next(name)) {
        if (seen.has(other)) continue;
        seen.add(other);
        queue.push(other);
      }
    }
    return seen;
  }

  private parentsOf(name: string): readonly string[] {
    const known = new Set(this.models.map((model) => model.name));
    return this.models.find((model) => model.name === name)?.parents.filter((one) => known.has(one)) ?? [];
  }

  private childrenOf(name: string): readonly string[] {
    return this.models.filter((model) => model.parents.includes(name)).map((model) => model.name);
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private unreadable() {
    return fault('usage.invalid', `The selection ${this.text} cannot be read.`, {
      kept: 'Nothing was planned or written.',
      remedy: 'Use names, *, tag:x, +name, name+, & | ^ and parentheses.',
    });
  }
}

/** A pattern may leave `default` out, which names without a schema get, and may begin with the catalog. */
function isNamed(pattern: string, name: string): boolean {
  if (like(pattern, name) || (pattern.includes('.') && like(tableNameOf(pattern), name))) return true;
  return name.startsWith(`${NO_SCHEMA}.`) && like(pattern, name.slice(NO_SCHEMA.length + 1));
}

function like(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(name);
}
