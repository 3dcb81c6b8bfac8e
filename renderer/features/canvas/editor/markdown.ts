/** A small part of Markdown, as blocks; what is not known stays text. */
export type Block = { /** where it begins, from 0 */ readonly line: number } & (
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
);

export type Inline = { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string };

const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const FENCE = /^```/;
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

export function parseBlocks(source: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = source.split(/\r?\n/);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') at += 1;
    else if (FENCE.test(line)) at = takeCode(lines, at, blocks);
    else if (heading) {
      blocks.push({ line: at, kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
      at += 1;
    } else at = ITEM.test(line) ? takeList(lines, at, blocks) : takeParagraph(lines, at, blocks);
  }
  return blocks;
}

/** A line's text in parts: code, strong, emphasis, and what lies between. */
export function parseInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, emphasis] = match;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'emphasis', text: emphasis ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function takeCode(lines: readonly string[], start: number, blocks: Block[]): number {
  let at = start + 1;
  while (at < lines.length && !FENCE.test(lines[at] ?? '')) at += 1;
  blocks.push({ line: start, kind: 'code', text: lines.slice(start + 1, at).join('\n') });
  return at + 1;
}

function takeList(lines: readonly string[], start: number, blocks: Block[]): number {
  const items: string[] = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const item = ITEM.exec(lines[at] ?? '');
    const isContinued = /^\s{2,}\S/.test(lines[at] ?? '') && items.length > 0;
    if (item) items.push(item[2] ?? '');
    else if (isContinued) items.push(`${items.pop() ?? ''} ${(lines[at] ?? '').trim()}`);
    else break;
  }
  blocks.push({
    line: start,
    kind: 'list',
    isOrdered: ITEM.exec(lines[start] ?? '')?.[1] !== undefined,
    items,
  });
  return at;
}

function takeParagraph(lines: readonly string[], start: number, blocks: Block[]): number {
  let at = start;
  const isText = (line: string): boolean =>
    line.trim() !== '' && !FENCE.test(line) && !HEADING.test(line) && !ITEM.test(line);
  while (at < lines.length && (at === start || isText(lines[at] ?? ''))) at += 1;
  blocks.push({
    line: start,
    kind: 'paragraph',
    text: lines
      .slice(start, at)
      .map((line) => line.trim())
      .join(' '),
  });
  return at;
}
