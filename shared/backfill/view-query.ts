import { snapshotViewName } from '../raw/names';
import type { ColumnType, PinnedParent } from '../release/types';
import { versionViewName } from '../release/views';
import { findReferences, tableName } from '../sql/references';
import { authored, columnList, id, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { type PreparedModel, type RunContext, renderQuery } from './context';

/**
 * The query of a VIEW, columns named, with every parent's name replaced by a text span: by where the parent's rows persist, or by the
 * names of a run that is still filling them.
 */
export function viewQuery(
  context: RunContext,
  view: Pick<PreparedModel, 'planned' | 'version'>,
  nameOf: (name: string, parent: PinnedParent) => Sql,
): Sql {
  const { planned, version } = view;
  const text = version.view?.text ?? renderedView(context, planned);
  return viewOver({ text, columns: version.columns, reads: planned.parents }, nameOf);
}

/** A view's text with macros expanded for all of its history. */
export function renderedView(context: RunContext, planned: PreparedModel['planned']): string {
  const { executionTime } = context.plan;
  const [first] = planned.batches;
  const batch = { from: first?.from ?? executionTime, to: planned.batches.at(-1)?.to ?? executionTime };
  return renderQuery(context, planned, batch).text;
}

/** A rendered text with columns named and every parent's name replaced. */
export function viewOver(
  view: { text: string; columns: readonly ColumnType[]; reads: Readonly<Record<string, PinnedParent>> },
  nameOf: (name: string, parent: PinnedParent) => Sql,
): Sql {
  const { text, reads } = view;
  const edits = findReferences(text).tables.flatMap((table) => {
    const parentName = tableName(table.parts);
    const parent = reads[parentName];
    if (!parent) return [];
    const physical = nameOf(parentName, parent);
    const named = table.aliased ? physical : sql`${physical} AS ${id(table.parts.at(-1) ?? '')}`;
    return [{ start: table.start, end: table.end, text: named.text }];
  });
  const columns = columnList(view.columns.map((column) => column.name));
  return sql`SELECT ${columns} FROM (${authored(applyEdits(text, edits))}) AS view_rows`;
}

/** The persisted table or view behind a pinned parent. */
export function pinnedView(name: string, parent: PinnedParent): Sql {
  if (parent.type === 'embedded') return authored(`(${parent.text.query})`);
  return parent.type === 'source'
    ? id(...snapshotViewName(name.slice(4), parent.snapshot))
    : id(...versionViewName(name, parent.version));
}
