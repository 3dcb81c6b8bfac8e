// Small helpers over the TypeScript syntax tree, shared by the gates that read source code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { listFiles } from './tools.mjs';

const KINDS = { tsx: ts.ScriptKind.TSX, mjs: ts.ScriptKind.JS };

/** Parses the source files below the named folders of `root`. */
export function parseFolders(root, folders) {
  return listFiles(root, folders, /\.(ts|tsx|mjs)$/).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const kind = KINDS[path.slice(path.lastIndexOf('.') + 1)] ?? ts.ScriptKind.TS;
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) };
  });
}

/** Calls `visit` for every node below `node`, parents first. */
export function walkNodes(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walkNodes(child, visit));
}

/** `path:line` of a node. */
export function placeOf(source, node) {
  return `${source.path}:${lineOf(source, node.getStart(source.tree))}`;
}

/** The line, counted from 1, on which a character stands. */
export function lineOf(source, position) {
  return source.tree.getLineAndCharacterOfPosition(position).line + 1;
}
