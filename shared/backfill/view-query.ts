import { snapshotViewName } from '../raw/names';
import type { ColumnType, PinnedParent, Version } from '../release/types';
import { versionViewName } from '../release/views';
import { findReferences, tableName } from '../sql/references';
import { authored, columnList, id, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import {
  type ColumnsOf,
  type PreparedModel,
  type RunContext,
  renderPart,
  renderQuery,
  type Scope,
} from './context';

/** Where the rows of a parent are read from; an embedded one has none. */
export type RowsParent = Exclude<PinnedParent, { type: 'embedded' }>;

type NameOf = (name: string, parent: RowsParent) => Sql;

interface Viewing {
  readonly context: RunContext;
  readonly planned: PreparedModel['planned'];
  readonly version: Version;
  readonly columnsOf: ColumnsOf;
}

/** A view's text and those of embedded parents with macros expanded for all of its history, and what it reads. */
export function renderedView(viewing: Viewing): NonNullable<Version['view']> {
  const { context, planned, version, columnsOf } = viewing;
  const { executionTime } = context.plan;
  const [first] = planned.batches;
  const batch = { from: first?.from ?? executionTime, to: planned.batches.at(-1)?.to ?? executionTime };
  const scope: Scope = {
    stage: planned.exists ? 'evaluating' : 'creating',
    columnsOf,
    thisModel: id(...versionViewName(planned.model, version.number)).text,
  };
  const rendered = (parents: Readonly<Record<string, PinnedParent>>): Record<string, PinnedParent> =>
    Object.fromEntries(
      Object.entries(parents).map(([model, parent]) => {
        if (parent.type !== 'embedded') return [model, parent];
        const part = { model, file: parent.file, text: parent.text };
        const query = renderPart(context, part, { planned, batch, scope }).text;
        const text = { ...parent.text, query };
        return [model, { ...parent, text, parents: rendered(parent.parents) }];
      }),
    );
  return { text: renderQuery(context, planned, batch, scope).text, reads: rendered(planned.parents) };
}

/**
 * The query of a VIEW, columns named, with every parent's name replaced by a text span: by where the parent's rows persist, or by the
 * names of a run that is still filling them. An embedded parent's query stands in its place.
 */
export function viewQuery(version: Pick<Version, 'view' | 'columns'>, nameOf: NameOf): Sql {
  const { text, reads } = version.view ?? { text: '', reads: {} };
  return viewOver({ text, columns: version.columns, reads }, nameOf);
}

/** A rendered text with columns named and every parent's name replaced. */
export function viewOver(
  view: { text: string; columns: readonly ColumnType[]; reads: Readonly<Record<string, PinnedParent>> },
  nameOf: NameOf,
): Sql {
  const rows = authored(substitute(view.text, view.reads, nameOf));
  const columns = columnList(view.columns.map((column) => column.name));
  return sql`SELECT ${columns} FROM (${rows}\n) AS view_rows(${columns})`;
}

function substitute(text: string, reads: Readonly<Record<string, PinnedParent>>, nameOf: NameOf): string {
  const edits = findReferences(text).tables.flatMap((table) => {
    const name = tableName(table.parts);
    const parent = reads[name];
    if (!parent) return [];
    const rows =
      parent.type === 'embedded'
        ? authored(`(${substitute(parent.text.query, parent.parents, nameOf)}\n)`)
        : nameOf(name, parent);
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
