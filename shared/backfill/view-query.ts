import type { Interval } from '../base/time';
import type { PinnedParent, PlannedModel } from '../plan/types';
import { snapshotViewName } from '../raw/names';
import { versionViewName } from '../release/views';
import { findReferences } from '../sql/references';
import { authored, columnList, id, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { type PreparedModel, type RunContext, renderPart, renderQuery, type Scope } from './context';

/** Where the rows of a parent are read from; an embedded one has none. */
export type RowsParent = Exclude<PinnedParent, { type: 'embedded' }>;

interface Substitution {
  readonly context: RunContext;
  readonly planned: PlannedModel;
  readonly batch: Interval;
  readonly scope: Scope;
  readonly nameOf: (name: string, parent: RowsParent) => Sql;
}

/**
 * The query of a VIEW, columns named, with every parent's name replaced by a text span: by where the parent's rows persist, or by the
 * names of a run that is still filling them. An embedded parent's query stands in its place.
 */
export function viewQuery(
  context: RunContext,
  view: Pick<PreparedModel, 'planned' | 'version' | 'columnsOf'>,
  nameOf: (name: string, parent: RowsParent) => Sql,
): Sql {
  const { planned, version, columnsOf } = view;
  const { executionTime } = context.plan;
  const batch = { from: executionTime, to: executionTime };
  const scope: Scope = {
    stage: 'creating',
    columnsOf,
    thisModel: id(...versionViewName(planned.model, version.number)).text,
  };
  const { text } = renderQuery(context, planned, batch, scope);
  const replaced = substitute(text, planned.parents, { context, planned, batch, scope, nameOf });
  return sql`SELECT ${columnList(version.columns.map((column) => column.name))} FROM (${authored(replaced)}) AS view_rows`;
}

function substitute(
  text: string,
  parents: Readonly<Record<string, PinnedParent>>,
  work: Substitution,
): string {
  const edits = findReferences(text).tables.flatMap((table) => {
    const name = table.parts.slice(-2).join('.').toLowerCase();
    const parent = parents[name];
    if (!parent) return [];
    const rows = parent.type === 'embedded' ? embeddedRows(name, parent, work) : work.nameOf(name, parent);
    const named = table.aliased ? rows : sql`${rows} AS ${id(table.parts.at(-1) ?? '')}`;
    return [{ start: table.start, end: table.end, text: named.text }];
  });
  return applyEdits(text, edits);
}

function embeddedRows(
  model: string,
  parent: Extract<PinnedParent, { type: 'embedded' }>,
  work: Substitution,
): Sql {
  const { text } = renderPart(work.context, { model, file: parent.file, text: parent.text }, work);
  return authored(`(${substitute(text, parent.parents, work)}\n)`);
}

/** The persisted table or view behind a pinned parent. */
export function pinnedView(name: string, parent: RowsParent): Sql {
  return parent.type === 'source'
    ? id(...snapshotViewName(name.slice(4), parent.snapshot))
    : id(...versionViewName(name, parent.version));
}
