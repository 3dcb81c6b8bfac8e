import { canonicalToken, codeTokens, type Token, tokenize } from '../../sql/lexer';
import { readBlock } from '../block';
import { blockText } from './block-layout';
import type { Layout } from './expression';
import { buildNodes } from './nodes';
import { queryLines } from './query';
import { type FunctionCase, spellWords } from './words';

/** How a file is laid out; the names are those of SQLMesh's `format:` in config.yaml. */
export interface FormatOptions {
  readonly indent: number;
  readonly maxTextWidth: number;
  readonly normalizeFunctions: FunctionCase;
  readonly leadingComma: boolean;
  readonly appendNewline: boolean;
}

const QUERIES = new Set(['select', 'with', 'from', '(']);

/**
 * Lays a model's or audit's file out anew. Only white space and the case of the language's own words change: wherever the tokens or
 * comments would not be the same afterwards, the statement stays as it was written. Formatting twice gives the same text.
 */
export function formatFile(text: string, options: FormatOptions): string {
  if (/\{\{|\{%|\bJINJA_/i.test(text)) return text;
  const tokens = tokenize(text);
  if (tokens.some((token) => token.kind === 'broken')) return text;
  const statements = splitKeepingComments(tokens, text);
  const parts = statements.map((statement) => statementText(text, statement, options));
  let out = '';
  parts.forEach((part, index) => {
    if (index > 0) out += isTight(statements, index) ? '\n' : '\n\n';
    out += part;
  });
  const ending = options.appendNewline || /\n\s*$/.test(text) ? '\n' : '';
  const result = out.trimEnd() + ending;
  return sameTokens(text, result) ? result : text;
}

/** Whether two texts have the same tokens in the same spelling but for case, and the same comments. */
function sameTokens(a: string, b: string): boolean {
  return gist(a) === gist(b);
}

// Where a macro touches a word, the space between them has a meaning.
function gist(text: string): string {
  const code = codeTokens(text);
  const comments = tokenize(text).filter((token) => token.kind === 'comment');
  const words = code.map((token, index) => {
    const before = code[index - 1];
    const joins = before?.end === token.start && (before.kind === 'macro' || token.kind === 'macro');
    const named = joins && before.kind !== 'symbol' && token.kind !== 'symbol';
    return `${named ? '~' : ' '}${canonicalToken(token)}`;
  });
  return [...words, ...comments.map((comment) => comment.text.trimEnd())].join('\u0001');
}

interface Part {
  /** comments on lines of their own before it */
  readonly lead: readonly Token[];
  readonly tokens: readonly Token[];
  readonly semicolon: boolean;
  /** comments behind it on its last line */
  readonly trail: readonly Token[];
}

function splitKeepingComments(tokens: readonly Token[], text: string): readonly Part[] {
  const parts: { lead: Token[]; tokens: Token[]; semicolon: boolean; trail: Token[] }[] = [];
  const fresh = () => ({
    lead: [] as Token[],
    tokens: [] as Token[],
    semicolon: false,
    trail: [] as Token[],
  });
  let current = fresh();
  for (const token of tokens) {
    const before = parts.at(-1);
    const empty = current.tokens.length + current.lead.length === 0;
    const sameLine = before && empty && !text.slice(lastEnd(before), token.start).includes('\n');
    if (token.kind === 'comment' && sameLine) before.trail.push(token);
    else if (token.kind === 'comment' && current.tokens.length === 0) current.lead.push(token);
    else if (token.kind === 'symbol' && token.text === ';') {
      parts.push({ ...current, tokens: [...current.tokens, token], semicolon: true });
      current = fresh();
    } else current.tokens.push(token);
  }
  if (current.tokens.length + current.lead.length > 0) parts.push(current);
  return parts;
}

function lastEnd(part: Part): number {
  return part.trail.at(-1)?.end ?? part.tokens.at(-1)?.end ?? 0;
}

function statementText(text: string, part: Part, options: FormatOptions): string {
  const lead = part.lead.map((comment) => comment.text.trimEnd());
  const body = part.semicolon ? part.tokens.slice(0, -1) : part.tokens;
  const end = part.semicolon ? ';' : '';
  const trail = part.trail.map((comment) => ` ${comment.text.trimEnd()}`).join('');
  if (body.length === 0) return [...lead, ...(end ? [end + trail] : [])].join('\n');
  const written = text.slice(body[0]?.start, body.at(-1)?.end);
  const laid = layOut(written, options);
  const needsLine = /--[^\n]*$/.test(laid) && body.at(-1)?.kind === 'comment' && end !== '';
  return [...lead, `${laid}${needsLine ? '\n' : ''}${end}${trail}`].join('\n');
}

function layOut(written: string, options: FormatOptions): string {
  const once = layOutOnce(written, options);
  if (once === written || !sameTokens(written, once)) return written;
  return layOutOnce(once, options) === once ? once : written;
}

function layOutOnce(text: string, options: FormatOptions): string {
  const code = codeTokens(text);
  const first = code[0]?.text.toLowerCase() ?? '';
  const layout: Layout = {
    text,
    indent: options.indent,
    width: options.maxTextWidth,
    leadingComma: options.leadingComma,
    query: queryLines,
  };
  if ((first === 'model' || first === 'audit') && code[1]?.text === '(') {
    const block = readBlock(text, '');
    return block.ok && block.value ? (blockText(layout, options.normalizeFunctions) ?? text) : text;
  }
  if (!QUERIES.has(first) || code.some((token) => /^(pivot|unpivot)$/i.test(token.text))) return text;
  const nodes = buildNodes(text, tokenize(text), spellWords(code, options.normalizeFunctions));
  return nodes ? queryLines(nodes, 0, layout).join('\n') : text;
}

/** Statements for when a view is moved stand close together, as in SQLMesh. */
function isTight(parts: readonly Part[], index: number): boolean {
  const word = (part: Part | undefined) =>
    part?.tokens.find((token) => token.kind !== 'comment')?.text.toUpperCase();
  const before = parts.slice(0, index).map(word);
  const begun = before.lastIndexOf('ON_VIRTUAL_UPDATE_BEGIN');
  return begun >= 0 && before.lastIndexOf('ON_VIRTUAL_UPDATE_END') < begun;
}
