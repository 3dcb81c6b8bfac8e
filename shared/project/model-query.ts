import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { DAY } from '../base/time';
import { codeTokens } from '../sql/lexer';
import { type FileReference, findReferences, type TableReference, tableName } from '../sql/references';
import { type Edit, positionOf, sourceOffset } from '../sql/text';
import { expandMacros, type MacroContext } from './macros';
import type { SourceText } from './model-body';

/** What a query reads, places in the author's text. */
export interface QueryReads {
  readonly parents: readonly string[];
  readonly tables: readonly TableReference[];
  readonly files: readonly FileReference[];
}

/** A text of a file as it is while a project is read: from 1970-01-01 to the end of that day, as SQLMesh does. */
export interface LoadingText {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  readonly macros: Pick<MacroContext, 'variables' | 'values' | 'definitions' | 'blueprint' | 'pythonMacros'>;
}

const TIME_RANGE = /^(start|end)_(dt|dtntz|date|ds|ts|tstz|epoch|millis|hour)$/;

/** Expands the macros of a text while a project is read; a problem's place is the file's. */
export function expandLoading(loading: LoadingText): Result<{ text: string; edits: readonly Edit[] }> {
  const { source, start, end, macros } = loading;
  const text = source.text.slice(start, end);
  if (!text.includes('@')) return ok({ text, edits: [] });
  const context: MacroContext = { start: 0, end: DAY, executionTime: 0, stage: 'loading', ...macros };
  const expanded = expandMacros(text, context);
  return expanded.ok ? expanded : failed(inFile(expanded.problem, source, start));
}

/** Finds what a query reads after its macros are expanded. `temporary` tables are none of the project's. */
export function readQuery(loading: LoadingText, temporary: ReadonlySet<string>): Result<QueryReads> {
  const expanded = expandLoading(loading);
  if (!expanded.ok) return expanded;
  const { text, edits } = expanded.value;
  const found = findReferences(text);
  const back = <Place extends { start: number; end: number }>(place: Place): Place =>
    edits.length === 0
      ? place
      : { ...place, start: sourceOffset(edits, place.start), end: sourceOffset(edits, place.end) };
  const tables = found.tables.filter(
    ({ parts }) => !(parts.length === 1 && temporary.has(parts[0]?.toLowerCase() ?? '')) && !isSystem(parts),
  );
  const parents = [...new Set(tables.map((table) => tableName(table.parts)))];
  return ok({ parents, tables: tables.map(back), files: found.files.map(back) });
}

/** A macro of a time range in a query that has none, as FULL and VIEW models do; SQLMesh does not load such a model. */
export function rangeMacroIn(loading: LoadingText): Problem | undefined {
  const { source, start, macros } = loading;
  if (!source.text.includes('@')) return undefined;
  const own = [source.text.slice(start, loading.end), ...(macros.definitions ?? [])];
  const defined = new Set((macros.definitions ?? []).map(definedName));
  for (const [index, text] of own.entries()) {
    const token = codeTokens(text).find(({ kind, text: macro }) => {
      const name = macro.replace(/^@+\{?|\}$/g, '').toLowerCase();
      if (kind !== 'macro' || !TIME_RANGE.test(name) || defined.has(name)) return false;
      return !Object.hasOwn(macros.variables, name) && !Object.hasOwn(macros.blueprint ?? {}, name);
    });
    if (!token) continue;
    const at = start + (index === 0 ? token.start : 0);
    return {
      code: 'model.invalid',
      message: `${token.text} has no value here: FULL and VIEW models are computed as a whole, not for a time range.`,
      place: { file: source.file, ...positionOf(source.text, at) },
      remedy: 'Use @execution_ds and its kin, or make the model incremental.',
    };
  }
  return undefined;
}

function definedName(definition: string): string {
  return /^@def\s*\(\s*"?([^\s,"]+)/i.exec(definition)?.[1]?.toLowerCase() ?? '';
}

function isSystem(parts: readonly string[]): boolean {
  const schema = parts.at(-2)?.toLowerCase();
  if (schema === 'information_schema' || schema === 'pg_catalog') return true;
  return parts.length === 1 && /^(sqlite_master|sqlite_schema|duckdb_[a-z_]+)$/i.test(parts[0] ?? '');
}

function inFile(problem: Problem, source: SourceText, start: number): Problem {
  const at = positionOf(source.text, start);
  const { line = 1, column = 1 } = problem.place ?? {};
  const place = {
    file: source.file,
    line: at.line + line - 1,
    column: line === 1 ? at.column + column - 1 : column,
  };
  return { ...problem, place };
}
