import type { Interval } from '../base/time';
import type { PlannedModel } from '../plan/types';
import { snapshotViewName } from '../raw/names';
import type { PinnedParent, RowsParent } from '../release/definition';
import type { ColumnType, Version } from '../release/types';
import { versionViewName } from '../release/views';
import { findReferences, tableName } from '../sql/references';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { type ColumnsOf, type RunContext, renderPart, renderQuery, type Scope } from './context';
import { stageOf } from './statements';

/** A view's text with macros expanded, embedded parents in it, and the parents whose rows it reads. */
interface RenderedView {
  readonly text: string;
  readonly reads: Readonly<Record<string, RowsParent>>;
}

/**
 * The query of a VIEW, columns named, with every parent's name replaced by a text span: by where the parent's rows persist, or by the
 * names of a run that is still filling them.
 */
export function viewQuery(
  version: Pick<Version, 'view' | 'columns'>,
  nameOf: (name: string, parent: RowsParent) => Sql,
): Sql {
  const { text, reads } = version.view ?? { text: '', reads: {} };
  return viewOver({ text, reads, columns: version.columns }, nameOf);
}

interface Viewing {
  readonly context: RunContext;
  readonly planned: PlannedModel;
  readonly columnsOf: ColumnsOf;
  /** names of the columns that the text gives */
  readonly given: readonly string[];
}

/** A VIEW's text for all of its history; an embedded parent's query stands in its place. */
export function renderedView({ context, planned, columnsOf, given }: Viewing): RenderedView {
  const { executionTime } = context.plan;
  const batch = {
    from: planned.batches[0]?.from ?? executionTime,
    to: planned.batches.at(-1)?.to ?? executionTime,
  };
  const thisModel = id(...versionViewName(planned.model, planned.version)).text;
  const scope: Scope = { stage: stageOf(planned, 0), columnsOf, thisModel };
  const { text } = renderQuery(context, planned, batch, scope);
  const view = embed({ context, planned, batch, scope }, text, planned.parents);
  const declared = planned.declaredColumns.map((column) => column.name);
  const names = declared.length > 0 ? declared : given;
  const rows = authored(`(${view.text}\n)`);
  return {
    ...view,
    text: sql`SELECT ${columnList(names)} FROM ${rows} AS named_rows(${columnList(names)})`.text,
  };
}

interface Embedding {
  readonly context: RunContext;
  readonly planned: PlannedModel;
  readonly batch: Interval;
  readonly scope: Scope;
}

function embed(work: Embedding, text: string, parents: Readonly<Record<string, PinnedParent>>): RenderedView {
  const reads: Record<string, RowsParent> = {};
  for (const [name, parent] of Object.entries(parents)) if (parent.type !== 'embedded') reads[name] = parent;
  const placed = replaceTables(text, (name) => {
    const parent = parents[name];
    if (parent?.type !== 'embedded') return undefined;
    const part = { model: name, file: parent.file, text: parent.text };
    const inner = embed(work, renderPart(work.context, part, work).text, parent.parents);
    Object.assign(reads, inner.reads);
    return authored(`(${inner.text}\n)`);
  });
  return { text: placed, reads };
}

/** A rendered text with columns named and every parent's name replaced. */
export function viewOver(
  view: RenderedView & { readonly columns: readonly ColumnType[] },
  nameOf: (name: string, parent: RowsParent) => Sql,
): Sql {
  const text = replaceTables(view.text, (name) => {
    const parent = view.reads[name];
    return parent && nameOf(name, parent);
  });
  // Named anew: the engine would take over the text's upper case.
  const columns = join(view.columns.map(({ name }) => sql`${id(name)} AS ${id(name)}`));
  return sql`SELECT ${columns} FROM (${authored(text)}\n) AS view_rows`;
}

function replaceTables(text: string, rowsOf: (name: string) => Sql | undefined): string {
  const edits = findReferences(text).tables.flatMap((table) => {
    const rows = rowsOf(tableName(table.parts));
    if (!rows) return [];
    const named = table.aliased ? rows : sql`${rows} AS ${id(table.parts.at(-1) ?? '')}`;
    return [{ start: table.start, end: table.end, text: named.text }];
  });
  return applyEdits(text, edits);
}

/** The persisted table or view behind a pinned parent. */
export function pinnedView(name: string, parent: RowsParent): Sql {
  return parent.type === 'source'
    ? id(...snapshotViewName(name.slice(4), parent.snapshot))
    : id(...versionViewName(name, parent.version));
}
