// node build/sql-gate.mjs [root]: SQL with values in it is built by shared/sql alone, and one file opens the native engine.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { parseFolders, placeOf, walkNodes } from './syntax.mjs';

const VERBS =
  'SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|ATTACH|DETACH|COPY|WITH|SET|PRAGMA|DESCRIBE|CHECKPOINT|MERGE|TRUNCATE|EXPLAIN';
const SHOUTED = new RegExp(`^\\s*(${VERBS})\\s`);
/** Small letters begin many a sentence ("with 3 rows"), so there the words that follow must be SQL's too. */
const SPOKEN =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s[\s\S]*\sset\s|delete\s+from\s|(create|drop|alter)\s+(or\s+replace\s+)?(temp|table|view|schema|index)|(attach|detach|copy|pragma|describe)\s+['"?(])/;
const ENGINE_CLASS = /^DuckDBInstance(Cache)?$/;
const ENGINE_HOME = 'node/engine/registry.ts';

const root = resolve(process.argv[2] ?? '.');
const sources = parseFolders(root, ['shared', 'node', 'electron', 'renderer']);
const violations = [...sources.flatMap(findBuiltSql), ...findEngines()];
if (sources.length === 0) violations.push('no files were examined');
for (const line of violations) console.log(line);
console.log(`${sources.length} files examined, ${violations.length} violations`);
process.exit(violations.length > 0 ? 1 : 0);

function findBuiltSql(source) {
  if (source.path.startsWith('shared/sql/')) return [];
  const places = [];
  const tags = sqlTags(source.tree);
  walkNodes(source.tree, (node) => {
    if (isBuiltTemplate(node, tags) || isBuiltSum(node)) places.push(placeOf(source, node));
  });
  return places.map(
    (place) => `${place}: SQL is put together outside shared/sql; use its builders or the sql tag`,
  );
}

/** The local names under which a file imports `sql` from shared/sql. */
function sqlTags(tree) {
  const imports = tree.statements.filter(ts.isImportDeclaration);
  const fromSql = imports.filter(({ moduleSpecifier }) => /(^|\/)sql(\/|$)/.test(moduleSpecifier.text));
  const bindings = fromSql.map(({ importClause }) => importClause?.namedBindings);
  const names = bindings.flatMap((named) => (named && ts.isNamedImports(named) ? named.elements : []));
  const tags = names.filter(({ name, propertyName }) => (propertyName ?? name).text === 'sql');
  return new Set(tags.map(({ name }) => name.text));
}

function isBuiltTemplate(node, tags) {
  if (!ts.isTemplateExpression(node)) return false;
  const { parent } = node;
  const tagged =
    ts.isTaggedTemplateExpression(parent) && ts.isIdentifier(parent.tag) && tags.has(parent.tag.text);
  const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('?');
  return !tagged && startsAsSql(text);
}

/** `'DROP TABLE ' + name`: a sum that begins with SQL and holds something besides literals. */
function isBuiltSum(node) {
  if (!isSum(node) || isSum(node.parent)) return false;
  const parts = flattenSum(node);
  if (parts.every((part) => ts.isStringLiteralLike(part))) return false;
  return startsAsSql(parts.map((part) => (ts.isStringLiteralLike(part) ? part.text : '?')).join(''));
}

function isSum(node) {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function flattenSum(node) {
  return isSum(node) ? [...flattenSum(node.left), ...flattenSum(node.right)] : [node];
}

function startsAsSql(text) {
  return SHOUTED.test(text) || SPOKEN.test(text);
}

/** The native engine is opened in one file, so that a process holds each warehouse once. */
function findEngines() {
  const users = sources.map((source) => ({ path: source.path, places: engineUses(source) }));
  const strangers = users.filter(({ path }) => path !== ENGINE_HOME).flatMap(({ places }) => places);
  const lines = strangers.map((place) => `${place}: DuckDBInstance is opened in ${ENGINE_HOME} alone`);
  const atHome = users.some(({ path, places }) => path === ENGINE_HOME && places.length > 0);
  if (existsSync(join(root, ENGINE_HOME)) && !atHome) lines.push(`${ENGINE_HOME}: opens no DuckDBInstance`);
  return lines;
}

function engineUses(source) {
  const places = [];
  walkNodes(source.tree, (node) => {
    if (ts.isIdentifier(node) && ENGINE_CLASS.test(node.text) && !isTypeUse(node))
      places.push(placeOf(source, node));
  });
  return places;
}

function isTypeUse(node) {
  for (let at = node; at; at = at.parent) {
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
    if ((ts.isImportSpecifier(at) || ts.isImportClause(at)) && at.isTypeOnly) return true;
    if (ts.isTypeAliasDeclaration(at) || ts.isInterfaceDeclaration(at)) return true;
  }
  return false;
}
