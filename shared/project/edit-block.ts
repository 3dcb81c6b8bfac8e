import { failed, ok, type Result } from '../base/result';
import { codeTokens, type Token, tokenize } from '../sql/lexer';
import { applyEdits, closingIndex, type Edit } from '../sql/text';
import { readBlockOf } from './block';
import { propertyParts } from './kind-properties';

/** A property of a MODEL block to set, or with null to take out; `kind.lookback` is one inside the kind. */
export interface PropertyChange {
  readonly name: string;
  /** the value as it is written, quotes included */
  readonly value: string | null;
}

interface Property {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  /** the comma after it, if any */
  readonly comma: Token | undefined;
}

interface PropertyList {
  readonly open: Token;
  readonly close: Token;
  readonly properties: readonly Property[];
}

/**
 * Sets, adds and takes out properties of a file's MODEL block. Only that text changes: comments, order, spacing, quotes, line ends
 * and trailing commas stay. What is set to the value that it has leaves the text as it is.
 */
export function editBlock(text: string, changes: readonly PropertyChange[]): Result<string> {
  let edited = text;
  for (const change of changes) {
    const next = editOne(edited, change);
    if (!next.ok) return next;
    edited = next.value;
  }
  return ok(edited);
}

/** The values that a file's MODEL block gives, as they are written; `kind.lookback` is one inside the kind. Empty where there is no such block. */
export function blockValues(text: string): ReadonlyMap<string, string> {
  const tokens = codeTokens(text);
  const read = readBlockOf(tokens, { text, file: '' });
  const block = read.ok && read.value?.word === 'MODEL' ? listAt(tokens, 1) : undefined;
  const values = new Map<string, string>();
  for (const property of block?.properties ?? []) {
    const list = property.name === 'kind' ? listInside(tokens, property) : undefined;
    for (const inner of list?.properties ?? [])
      values.set(`kind.${inner.name}`, text.slice(inner.valueStart, inner.end));
    values.set(property.name, text.slice(property.valueStart, property.end));
  }
  return values;
}

function editOne(text: string, change: PropertyChange): Result<string> {
  if (change.value !== null && !isValue(change.value))
    return invalid(`${change.name} cannot be set to ${change.value || 'nothing'}.`);
  const tokens = codeTokens(text);
  const read = readBlockOf(tokens, { text, file: '' });
  const block = read.ok && read.value?.word === 'MODEL' ? listAt(tokens, 1) : undefined;
  if (!block) return invalid('The file does not begin with a MODEL block that can be read.');
  const [outer = '', inner] = change.name.toLowerCase().split('.');
  if (inner === undefined) return ok(applyEdits(text, editsFor(text, block, { ...change, name: outer })));
  const kind = block.properties.findLast(({ name }) => name === outer);
  if (!kind) return change.value === null ? ok(text) : invalid(`The model says no ${outer}.`);
  const list = listInside(tokens, kind);
  if (list) return ok(applyEdits(text, editsFor(text, list, { ...change, name: inner })));
  if (change.value === null) return ok(text);
  return ok(applyEdits(text, [firstOfKind(text, kind, { name: inner, value: change.value })]));
}

function editsFor(text: string, list: PropertyList, { name, value }: PropertyChange): readonly Edit[] {
  const at = list.properties.findLastIndex((property) => property.name === name);
  const found = list.properties[at];
  if (value === null) return found ? removal(text, list, at) : [];
  if (!found) return addition(text, list, `${name} ${value}`);
  if (text.slice(found.valueStart, found.end) === value) return [];
  return [{ start: found.valueStart, end: found.end, text: value }];
}

function addition(text: string, list: PropertyList, written: string): readonly Edit[] {
  const last = list.properties.at(-1);
  const at = (offset: number, added: string): Edit => ({ start: offset, end: offset, text: added });
  if (!last) return [at(list.open.end, written)];
  const end = last.comma?.end ?? last.end;
  if (!text.slice(end, list.close.start).includes('\n'))
    return [at(end, last.comma ? ` ${written},` : `, ${written}`)];
  const lineEnd = endOfLine(text, end, list.close.start);
  const line = `${eolOf(text)}${indentOf(text, last.start)}${written}`;
  if (last.comma) return [at(lineEnd, `${line},`)];
  return lineEnd === last.end ? [at(last.end, `,${line}`)] : [at(last.end, ','), at(lineEnd, line)];
}

/** The end of the line that a property ends on, behind the comments there. */
function endOfLine(text: string, from: number, close: number): number {
  let end = from;
  for (const token of tokenize(text.slice(from, close))) {
    if (token.kind !== 'comment' || text.slice(end, from + token.start).includes('\n')) break;
    end = from + token.end;
  }
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Takes a property out, with the line that it has to itself. */
function removal(text: string, list: PropertyList, at: number): readonly Edit[] {
  const property = list.properties[at] as Property;
  const before = list.properties[at - 1];
  const end = property.comma?.end ?? property.end;
  const edits: Edit[] = [];
  // The last one of a list without a comma at its end takes the comma before it along.
  if (!property.comma && before?.comma)
    edits.push({ start: before.comma.start, end: before.comma.end, text: '' });
  const lead = /[ \t]*$/.exec(text.slice(0, property.start))?.[0].length ?? 0;
  const lineStart = property.start - lead;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const wholeLine = lineStart > 0 && text[lineStart - 1] === '\n' && rest > 0;
  if (wholeLine) return [...edits, { start: lineStart, end: end + rest, text: '' }];
  const follows = at < list.properties.length - 1;
  const space = follows ? (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  const from = !follows && before && before.comma?.end === lineStart ? lineStart : property.start;
  return [...edits, { start: from, end: end + space, text: '' }];
}

/** A kind without properties gets its first ones, laid out as the block is. */
function firstOfKind(
  text: string,
  kind: Property,
  written: { readonly name: string; readonly value: string },
): Edit {
  const line = `${written.name} ${written.value}`;
  const indent = indentOf(text, kind.start);
  const own = /^\s*$/.test(text.slice(text.lastIndexOf('\n', kind.start - 1) + 1, kind.start));
  const eol = eolOf(text);
  const added = own ? ` (${eol}${indent}${indent || '  '}${line}${eol}${indent})` : ` (${line})`;
  return { start: kind.end, end: kind.end, text: added };
}

/** The properties in brackets behind a kind's name. */
function listInside(tokens: readonly Token[], kind: Property): PropertyList | undefined {
  const open = tokens.findIndex(({ start }) => start > kind.valueStart);
  return tokens[open]?.text === '(' && (tokens[open]?.end ?? 0) <= kind.end
    ? listAt(tokens, open)
    : undefined;
}

function listAt(tokens: readonly Token[], at: number): PropertyList | undefined {
  const open = tokens[at];
  const end = open?.text === '(' ? closingIndex(tokens, at) : -1;
  const close = tokens[end];
  if (!open || !close) return undefined;
  const properties: Property[] = [];
  for (const part of propertyParts(tokens.slice(at + 1, end))) {
    const [name, value] = part;
    const last = part.at(-1);
    if (!name || !value || !last) return undefined;
    const next = tokens[tokens.indexOf(last) + 1];
    properties.push({
      name: name.text.toLowerCase(),
      start: name.start,
      valueStart: value.start,
      end: last.end,
      comma: next?.text === ',' ? next : undefined,
    });
  }
  return { open, close, properties };
}

/** Whether a text stands as one value: brackets closed, no comma or semicolon outside of them, nothing that swallows what follows. */
function isValue(value: string): boolean {
  const tokens = tokenize(value);
  const last = tokens.at(-1);
  if (!last || last.kind === 'comment' || tokens.some((token) => token.kind === 'broken')) return false;
  if (tokens[0]?.start !== 0 || last.end !== value.length) return false;
  const open: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== 'symbol') continue;
    if ('([{'.includes(text)) open.push(text);
    else if (')]}'.includes(text)) {
      if (open.pop() !== '([{'[')]}'.indexOf(text)]) return false;
    } else if (text === ';' || (text === ',' && open.length === 0)) return false;
  }
  return open.length === 0 && !['=', ':=', '=>'].includes(tokens[0]?.text ?? '');
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function invalid(message: string): Result<string> {
  const kept = 'The text was left as it is.';
  return failed({ code: 'model.invalid', message, kept });
}
