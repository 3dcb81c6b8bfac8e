import { isSeq, parse, parseDocument } from 'yaml';

const BEGIN = '# teal:raw begin';
const END = '# teal:raw end';

/**
 * Puts the statements that make SQLMesh's `raw` views into the marked block of `config.yaml`, and leaves every other byte as it is. A
 * config without the block gets one at the end of its `before_all`, or a `before_all` of its own.
 */
export function writeRawBlock(config: string, statements: readonly string[]): string {
  const block = (indent: string) =>
    [`${indent}${BEGIN}`, ...statements.map((statement) => item(statement, indent)), `${indent}${END}`].join(
      '\n',
    );
  const marked = new RegExp(`^([ ]*)${BEGIN}[\\s\\S]*?^[ ]*${END}`, 'm').exec(config);
  if (marked)
    return (
      config.slice(0, marked.index) + block(marked[1] ?? '  ') + config.slice(marked.index + marked[0].length)
    );
  const text = config === '' || config.endsWith('\n') ? config : `${config}\n`;
  const end = endOfList(text);
  if (end === undefined) return `${text}\nbefore_all:\n${block('  ')}\n`;
  return `${text.slice(0, end.offset)}${block(end.indent)}\n${text.slice(end.offset)}`;
}

/** The statements in the marked block of a config. */
export function readRawBlock(config: string): readonly string[] {
  const [, inner] = new RegExp(`^[ ]*${BEGIN}\\s*\\n([\\s\\S]*?)^[ ]*${END}`, 'm').exec(config) ?? [];
  if (inner === undefined || parseDocument(inner).errors.length > 0) return [];
  const statements: unknown = parse(inner);
  return Array.isArray(statements) ? statements.map(String) : [];
}

/** Columns of a source for `external_models.yaml`; entries of other names stay as they are. */
export function writeExternalModel(
  text: string,
  model: { name: string; description: string; columns: Readonly<Record<string, string>> },
): string {
  const document = parseDocument(text.trim() === '' ? '[]' : text);
  if (!isSeq(document.contents)) return text;
  document.contents.flow = false;
  const entry = document.createNode({
    name: model.name,
    ...(model.description ? { description: model.description } : {}),
    columns: model.columns,
  });
  const at = document.contents.items.findIndex((_, index) => document.getIn([index, 'name']) === model.name);
  if (at < 0) document.add(entry);
  else document.setIn([at], entry);
  return document.toString({ lineWidth: 110 });
}

function item(statement: string, indent: string): string {
  const lines = statement.split('\n').map((line) => `${indent}  ${line}`);
  return [`${indent}- >-`, ...lines].join('\n');
}

function endOfList(text: string): { offset: number; indent: string } | undefined {
  const list = parseDocument(text).get('before_all', true);
  if (!isSeq(list) || !list.range || list.items.length === 0) return undefined;
  const lineStart = text.lastIndexOf('\n', list.range[0] - 1) + 1;
  const end = text.indexOf('\n', list.range[1] - 1);
  return { offset: end < 0 ? text.length : end + 1, indent: text.slice(lineStart, list.range[0]) };
}
