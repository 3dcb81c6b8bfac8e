import type { Problem } from '../base/errors';
import type { Statement } from '../base/statement';
import { refuseStatement, statementAfterWith, type Writable } from '../sql/allowed-statement';
import type { Token } from '../sql/lexer';
import { closingIndex, positionOf, type StatementSpan } from '../sql/text';
import { readAudit } from './audit';
import { readBlockOf } from './block';
import type { Audit } from './model';

/** What follows a MODEL block, as it stands. */
export interface Body {
  /** the query, unless the model is a seed */
  readonly query: StatementSpan | undefined;
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  readonly onVirtualUpdate: readonly Statement[];
  readonly definitions: readonly Statement[];
  readonly ownAudits: readonly Audit[];
  /** names of temporary tables that the statements make */
  readonly temporary: ReadonlySet<string>;
}

/** A file's text and its path. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

interface Parts {
  readonly plain: StatementSpan[];
  readonly virtual: StatementSpan[];
  readonly audits: Audit[];
}

const QUERY_WORDS = [
  'select',
  'from',
  'values',
  'pivot',
  'unpivot',
  'table',
  'describe',
  'summarize',
  'show',
];

/** Sorts the statements after a MODEL block: the query, what comes before and after it, audits, definitions. */
export function readBody(
  source: SourceText,
  statements: readonly StatementSpan[],
  seed: boolean,
): Body | Problem {
  const parts = sortStatements(source, statements);
  if ('code' in parts) return parts;
  const queries = parts.plain.filter((statement) => isQuery(statement, statements.length, seed));
  const [query, second] = queries;
  if (second || (!query && !seed))
    return queryProblem(source, second ?? parts.plain[0] ?? statements[0], !!query);
  const at = query ? parts.plain.indexOf(query) : parts.plain.length;
  const [before, after] = [parts.plain.slice(0, at), parts.plain.slice(at + 1)];
  const writable: Writable = { own: () => false, temporary: new Set() };
  const beside = [...before, ...after, ...parts.virtual];
  for (const statement of beside.filter((one) => !isDefinition(one))) {
    const refusal = refuseStatement(statement.tokens, writable);
    if (refusal) return refusedProblem(source, refusal.message, refusal.at?.start ?? statement.start);
  }
  const texts = (of: readonly StatementSpan[]): readonly Statement[] =>
    of.map(({ start, end }) => ({ text: source.text.slice(start, end), start }));
  const plain = (of: readonly StatementSpan[]) => texts(of.filter((one) => !isDefinition(one)));
  return {
    query: seed ? undefined : query,
    before: plain(before),
    after: plain(after),
    onVirtualUpdate: plain(parts.virtual),
    definitions: texts(beside.filter(isDefinition)),
    ownAudits: parts.audits,
    temporary: writable.temporary,
  };
}

function sortStatements(source: SourceText, statements: readonly StatementSpan[]): Parts | Problem {
  const parts: Parts = { plain: [], virtual: [], audits: [] };
  let virtual = false;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as StatementSpan;
    const word = wordOf(statement.tokens[0]);
    const broken = statement.tokens.find((token) => token.kind === 'broken');
    if (broken) return syntaxProblem(source, 'A string or comment is not closed.', broken.start);
    const jinja = jinjaAt(statement.tokens);
    if (jinja) return jinjaProblem(source, jinja.start);
    if (word === 'on_virtual_update_begin') virtual = true;
    else if (word === 'on_virtual_update_end') virtual = false;
    else if (word === 'audit' && statement.tokens[1]?.text === '(') {
      i += 1;
      const audit = readAuditAt(source, statement, statements[i]);
      if ('code' in audit) return audit;
      parts.audits.push(audit);
    } else (virtual ? parts.virtual : parts.plain).push(statement);
  }
  return parts;
}

function readAuditAt(
  source: SourceText,
  block: StatementSpan,
  query: StatementSpan | undefined,
): Audit | Problem {
  const read = readBlockOf(block.tokens, source);
  if (!read.ok) return read.problem;
  if (!read.value) return syntaxProblem(source, 'An AUDIT block must be closed.', block.start);
  const audit = readAudit(source, read.value, query ? [query] : []);
  if (!audit.ok) return audit.problem;
  if (!audit.value.standalone) return audit.value;
  return syntaxProblem(
    source,
    "An audit in the file of a model is the model's own; one that stands alone belongs in audits/.",
    block.start,
  );
}

/** Whether a statement is the query as SQLMesh sees it: a SELECT and its kin, `@UNION(...)`, or a macro that stands alone. */
function isQuery({ tokens }: StatementSpan, all: number, seed: boolean): boolean {
  const [first] = tokens;
  if (first?.kind === 'macro') {
    const name = first.text.toLowerCase();
    if (seed) return name === '@insert_seed';
    if (name === '@def' || name === '@insert_seed') return false;
    if (name === '@union' || name === '@with') return true;
    return all === 1 && closingIndex(tokens, 1) === tokens.length - 1;
  }
  if (seed) return false;
  if (wordOf(first) === 'with') return statementAfterWith(tokens) === undefined;
  return first?.text === '(' || QUERY_WORDS.includes(wordOf(first));
}

function isDefinition({ tokens }: StatementSpan): boolean {
  return tokens[0]?.kind === 'macro' && tokens[0].text.toLowerCase() === '@def';
}

/** `{{`, `{%` or a block of Jinja; none of them is SQL. */
function jinjaAt(tokens: readonly Token[]): Token | undefined {
  const [first] = tokens;
  if (/^jinja_(query|statement)_begin$/.test(wordOf(first))) return first;
  return tokens.find(
    (token, at) =>
      token.text === '{' &&
      tokens[at + 1]?.start === token.end &&
      (tokens[at + 1]?.text === '{' || tokens[at + 1]?.text === '%'),
  );
}

function queryProblem(source: SourceText, at: StatementSpan | undefined, several: boolean): Problem {
  const message = several
    ? 'A model must have one query, and this file has several.'
    : 'There is no query after the MODEL block.';
  const problem = syntaxProblem(source, message, at?.tokens[0]?.start ?? source.text.length);
  return { ...problem, remedy: 'Leave one SELECT after the MODEL block.' };
}

function refusedProblem(source: SourceText, message: string, at: number): Problem {
  return {
    code: 'model.unsupported',
    message,
    place: { file: source.file, ...positionOf(source.text, at) },
    remedy: 'Write only @this_model and temporary tables, or leave the statement out.',
  };
}

function jinjaProblem(source: SourceText, at: number): Problem {
  return {
    code: 'model.unsupported',
    message: 'Jinja is not run: this file needs SQLMesh itself.',
    place: { file: source.file, ...positionOf(source.text, at) },
    remedy: 'Write it with macros, such as @IF and @EACH.',
  };
}

function syntaxProblem(source: SourceText, message: string, at: number): Problem {
  return { code: 'model.syntax', message, place: { file: source.file, ...positionOf(source.text, at) } };
}

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}
