// What rules must know of a project's models, read here from their files, without the product's own reader.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProjectModel {
  /** `schema.name`, lower case */
  readonly name: string;
  readonly kind: string;
  /** properties of the block and of its kind, lower case, as text */
  readonly properties: Readonly<Record<string, string>>;
  /** the query, without the block and without statements around it */
  readonly query: string;
  /** statements before and after the query; definitions of macros are none */
  readonly around: readonly string[];
}

const PIECES = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\s+|[\w@$.]+|[\s\S]/g;

/** The models of a project's folder by name; one whose name is a macro is left out. */
export function readModels(project: string): ReadonlyMap<string, ProjectModel> {
  const found = new Map<string, ProjectModel>();
  const folder = join(project, 'models');
  if (!existsSync(folder)) return found;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.sql')) continue;
    const model = readModel(readFileSync(join(folder, path), 'utf8'));
    if (model && !model.name.includes('@')) found.set(model.name, model);
  }
  return found;
}

/** An audit that the project writes itself. */
export interface OwnAudit {
  readonly query: string;
  readonly defaults: Readonly<Record<string, string>>;
  /** no model calls it */
  readonly standalone: boolean;
}

/** The audits of a project's folder by name, those in files of models among them. */
export function readAudits(project: string): ReadonlyMap<string, OwnAudit> {
  const found = new Map<string, OwnAudit>();
  for (const folder of ['audits', 'models']) {
    const dir = join(project, folder);
    const files = existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : [];
    for (const path of files.filter((one) => one.endsWith('.sql')))
      for (const [name, audit] of auditsIn(readFileSync(join(dir, path), 'utf8'))) found.set(name, audit);
  }
  return found;
}

function auditsIn(file: string): [string, OwnAudit][] {
  const statements = splitAt(withoutComments(file), ';').map((statement) => statement.trim());
  return statements.flatMap((statement, index): [string, OwnAudit][] => {
    const head = /^AUDIT\s*\(/i.exec(statement);
    if (!head) return [];
    const {
      name = '',
      defaults,
      standalone = '',
    } = propertiesOf(inParentheses(statement, head[0].length - 1));
    const pairs = listOf(defaults).map((pair) => pair.split(/\s*:?=\s*/) as [string, string]);
    const audit = {
      query: statements[index + 1] ?? '',
      defaults: Object.fromEntries(pairs),
      standalone: /^true$/i.test(standalone),
    };
    return [[name.toLowerCase(), audit]];
  });
}

/** The model that a file holds, if it holds one. */
export function readModel(file: string): ProjectModel | undefined {
  const text = withoutComments(file);
  const head = /^\s*MODEL\s*\(/i.exec(text);
  if (!head) return undefined;
  const body = inParentheses(text, head[0].length - 1);
  const block = propertiesOf(body);
  const kindText = block['kind'] ?? 'VIEW';
  const open = kindText.indexOf('(');
  const kind = (open < 0 ? kindText : kindText.slice(0, open)).trim().toLowerCase();
  const inner = open < 0 ? {} : propertiesOf(inParentheses(kindText, open));
  const name = (block['name'] ?? '').replaceAll('"', '').toLowerCase();
  const rest = text.slice(head[0].length + body.length + 1);
  const statements = splitAt(rest, ';').map((statement) => statement.trim());
  const own = statements.slice(0, firstOr(statements, /^AUDIT\s*\(/i));
  const query = own.find((statement) => /^(SELECT|WITH|FROM|\()/i.test(statement)) ?? '';
  const around = own.filter(
    (statement) => statement !== '' && statement !== query && !/^@DEF\b/i.test(statement),
  );
  return { name, kind, properties: { ...block, ...inner }, query, around };
}

/** Where the first text that looks like this stands; the number of texts where none does. */
function firstOr(texts: readonly string[], shape: RegExp): number {
  const at = texts.findIndex((one) => shape.test(one));
  return at < 0 ? texts.length : at;
}

function withoutComments(sql: string): string {
  return (sql.match(PIECES) ?? []).map((piece) => (/^(--|\/\*)/.test(piece) ? ' ' : piece)).join('');
}

/** What stands between the parenthesis at `open` and the one that closes it. */
function inParentheses(sql: string, open: number): string {
  let depth = 0;
  let at = open;
  for (const piece of sql.slice(open).match(PIECES) ?? []) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (depth === 0) return sql.slice(open + 1, at);
    at += piece.length;
  }
  return sql.slice(open + 1);
}

/** The parts of a text between separators that stand in no parenthesis, bracket or quote. */
export function splitAt(sql: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const piece of sql.match(PIECES) ?? []) {
    if ('([{'.includes(piece)) depth += 1;
    if (')]}'.includes(piece)) depth -= 1;
    if (depth === 0 && piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function propertiesOf(body: string): Record<string, string> {
  const entries = splitAt(body, ',').flatMap((part) => {
    const [, key, value] = /^\s*(\w+)\s*([\s\S]*?)\s*$/.exec(part) ?? [];
    return key === undefined ? [] : [[key.toLowerCase(), value ?? ''] as const];
  });
  return Object.fromEntries(entries);
}

/** The entries of a list property: `a`, `(a, b)` or `[a, b]`. */
export function listOf(text: string | undefined): string[] {
  const plain = (text ?? '').trim();
  const bare = /^[([]/.test(plain) && splitAt(plain, ',').length === 1 ? plain.slice(1, -1) : plain;
  return splitAt(bare, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Names of models that a query reads. */
export function readsOf(query: string, names: Iterable<string>): string[] {
  const pieces = (withoutComments(query).match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|\.|[\s\S]/g) ?? []).filter(
    (piece) => piece.trim() !== '',
  );
  const plain = pieces.map((piece) =>
    piece.startsWith("'") ? "'" : piece.replaceAll('"', '').toLowerCase(),
  );
  const found = new Set<string>();
  for (let at = 0; at + 2 < plain.length; at += 1)
    if (plain[at + 1] === '.') found.add(`${plain[at]}.${plain[at + 2]}`);
  return [...names].filter((model) => found.has(model));
}

/** Every model that reads one of the given ones, at any distance, parents before children. */
export function downstreamOf(models: ReadonlyMap<string, ProjectModel>, roots: readonly string[]): string[] {
  return inOrder(models).filter((model) => ancestorsOf(models, model).some((name) => roots.includes(name)));
}

/** All that a model reads, at any distance, itself left out. */
export function ancestorsOf(models: ReadonlyMap<string, ProjectModel>, model: string): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const parent of readsOf(models.get(name)?.query ?? '', models.keys())) {
      if (parent === model || found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(model);
  return [...found];
}

/** All models, each after what it reads. */
export function inOrder(models: ReadonlyMap<string, ProjectModel>): string[] {
  const depth = (name: string) => ancestorsOf(models, name).length;
  return [...models.keys()].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
