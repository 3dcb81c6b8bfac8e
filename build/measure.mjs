// Measures one parsed file: lengths, exports, and the constructs that have a budget of nought.
import ts from 'typescript';
import { lineOf, placeOf, walkNodes } from './syntax.mjs';

const isConfig = (path) => /\.config\.(ts|mjs)$/.test(path) || path.endsWith('.d.ts');

/** Lengths and the places of forbidden constructs of one file. */
export function measureFile(source) {
  const found = { functions: [], parameters: [], defaults: [], any: [], bangs: [], catches: [] };
  walkNodes(source.tree, (node) => visit(source, node, found));
  const names = exportedNames(source.tree);
  if (names.delete('default') && !isConfig(source.path)) found.defaults.push(`${source.path}:1`);
  return {
    path: source.path,
    lines: countLines(source.text),
    exports: names.size,
    ...found,
    ...comments(source),
  };
}

/** Lines of a text; a newline at its end begins no further line. */
export function countLines(text) {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

function visit(source, node, found) {
  if (ts.isFunctionLike(node) && 'body' in node && node.body) measureFunction(source, node, found);
  if (node.kind === ts.SyntaxKind.AnyKeyword) found.any.push(placeOf(source, node));
  if (isBang(node)) found.bangs.push(placeOf(source, node));
  if (isEmptyCatch(node)) found.catches.push(placeOf(source, node));
}

function measureFunction(source, node, found) {
  const lines = lineOf(source, node.end) - lineOf(source, node.getStart(source.tree)) + 1;
  found.functions.push({ place: placeOf(source, node), lines });
  const parameters = node.parameters.filter(({ name }) => name.getText(source.tree) !== 'this').length;
  found.parameters.push({ place: placeOf(source, node), parameters });
}

function isBang(node) {
  if (ts.isNonNullExpression(node)) return true;
  return (
    (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.exclamationToken !== undefined
  );
}

/** `catch {}` and `.catch(() => {})`, with or without a comment inside. */
function isEmptyCatch(node) {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [handler] = node.arguments;
  if (node.expression.name.text !== 'catch' || !handler || !ts.isFunctionLike(handler)) return false;
  return ts.isBlock(handler.body) && handler.body.statements.length === 0;
}

function exportedNames(tree) {
  const names = new Set();
  for (const statement of tree.statements) {
    if (ts.isExportAssignment(statement)) names.add('default');
    else if (ts.isExportDeclaration(statement)) addReExports(statement, names);
    else if (isExported(statement) && !isInferred(statement)) addDeclared(statement, names);
  }
  return names;
}

/** `export type A = z.infer<typeof a>` says again what its schema says; the pair counts as one. */
function isInferred(statement) {
  return ts.isTypeAliasDeclaration(statement) && /^z\.(infer|input|output)</.test(statement.type.getText());
}

function addReExports(statement, names) {
  const clause = statement.exportClause;
  if (!clause) names.add(`* from ${statement.moduleSpecifier.text}`);
  else if (ts.isNamedExports(clause)) for (const { name } of clause.elements) names.add(name.text);
  else names.add(clause.name.text);
}

function isExported(statement) {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function addDeclared(statement, names) {
  if (statement.modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) names.add('default');
  else if (ts.isVariableStatement(statement))
    for (const { name } of statement.declarationList.declarations) addBinding(name, names);
  else if (statement.name) names.add(statement.name.text);
}

function addBinding(name, names) {
  if (ts.isIdentifier(name)) names.add(name.text);
  else
    for (const element of name.elements)
      if (!ts.isOmittedExpression(element)) addBinding(element.name, names);
}

/** Lines with text, and those of them that hold nothing but a comment. */
function comments({ text, path }) {
  let inBlock = false;
  let commentLines = 0;
  const filled = text.split('\n').filter((line) => line.trim() !== '');
  for (const line of filled) {
    const trimmed = line.trim();
    const opens = /^(\{\s*)?\/\*/.test(trimmed);
    if (inBlock || opens || trimmed.startsWith('//')) commentLines += 1;
    if (inBlock || opens) inBlock = !trimmed.includes('*/');
  }
  return { filledLines: filled.length, commentLines, isTsx: path.endsWith('.tsx') };
}
