import { numberOf, type Row, textOrNull } from '../base/rows';
import { type Interval, normalise } from '../base/time';
import type { Session } from '../engine/contract';
import { id, type Sql, sql } from '../sql/sql';
import { type CommonColumn, isApproximate, keyColumns, type Layout, layoutOf, unitFor } from './layout';
import {
  diffCounts,
  duplicateKeys,
  insideSpans,
  outsideSpans,
  partitionPrints,
  rowHash,
  storeKeyedDiff,
  storeMultisetDiff,
} from './statements';
import type { ColumnMatch, Pair, PartitionDiff, PartitionUnit, Side, TableComparison } from './types';

/**
 * Compares two states of one table over all rows: schema first, spans that share a segment without reading, then a count and an
 * order-free hash of every partition, then only in differing partitions row by row. Differing rows are stored in `teal_diff`.
 */
export async function compareTable(
  session: Session,
  pair: Pair,
  signal?: AbortSignal,
): Promise<TableComparison> {
  if (!pair.old || !pair.new) return oneSided(session, pair);
  const layout = layoutOf(pair.old, pair.new);
  if (layout.wholeShared) return wholeShared(session, pair, layout);
  const comparing = new Comparing(session, { pair, old: pair.old, current: pair.new, layout }, signal);
  return comparing.run();
}

interface Both {
  readonly pair: Pair;
  readonly old: Side;
  readonly current: Side;
  readonly layout: Layout;
}

interface Prints {
  readonly parts: ReadonlyMap<
    string,
    { readonly old: number; readonly new: number; readonly equal: boolean; readonly from: number | null }
  >;
  readonly unit: PartitionUnit;
}

class Comparing {
  constructor(
    private readonly session: Session,
    private readonly both: Both,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(): Promise<TableComparison> {
    const { layout, old, current } = this.both;
    const prints = layout.partitionColumn ? await this.partitionPrints(layout.partitionColumn) : undefined;
    const where = prints ? this.candidates(prints) : sql`true`;
    const oldRows = await this.count(old.relation);
    const newRows = await this.count(current.relation);
    if (!where) return this.result({ oldRows, newRows, prints, diff: [], key: this.key(), table: null });
    const wanted = this.key();
    const duplicates = await this.duplicates(wanted, where);
    const key = duplicates.old + duplicates.new > 0 ? [] : wanted;
    await this.store(key, where, prints?.unit ?? 'none');
    const diff = await this.rows(diffCounts(this.both.pair.table, layout.common, key));
    return this.result({ oldRows, newRows, prints, diff, key, duplicates, table: this.both.pair.table });
  }

  private key(): readonly string[] {
    return keyColumns(this.both.pair, this.both.layout.common);
  }

  private async partitionPrints(column: string): Promise<Prints> {
    const { old, current, layout } = this.both;
    const types = { old: typeOf(old, column), new: typeOf(current, column) };
    const range = await this.range(column);
    const unit = unitFor(range, types.new);
    const scan = (side: Side, which: 'old' | 'new') =>
      partitionPrints({
        relation: side.relation,
        column,
        unit,
        where: outsideSpans(column, types[which], layout.shared),
        hash: rowHash(layout.common, which),
      });
    const approximate = layout.common.some((one) => isApproximate(one.new) || isApproximate(one.old));
    const rows = await this.rows(sql`
      SELECT epoch_ms(coalesce(o.part, n.part)) AS part, coalesce(o.n, 0) AS old_rows, coalesce(n.n, 0) AS new_rows,
        (o.n IS NOT DISTINCT FROM n.n AND o.s IS NOT DISTINCT FROM n.s AND o.x IS NOT DISTINCT FROM n.x) AS equal
      FROM (${scan(old, 'old')}) AS o FULL JOIN (${scan(current, 'new')}) AS n ON o.part IS NOT DISTINCT FROM n.part ORDER BY 1`);
    const parts = rows.map((row) => {
      const from = row.part === null ? null : numberOf(row, 'part');
      return [
        String(from),
        {
          from,
          old: numberOf(row, 'old_rows'),
          new: numberOf(row, 'new_rows'),
          equal: row.equal === true && !approximate,
        },
      ] as const;
    });
    return { parts: new Map(parts), unit };
  }

  private async range(column: string): Promise<Interval | null> {
    const stamp = sql`CAST(${id(column)} AS TIMESTAMP)`;
    const ends = (side: Side) =>
      sql`SELECT min(${stamp}) AS a, max(${stamp}) AS b FROM ${side.relation} AS side`;
    const [row] = await this.rows(
      sql`SELECT epoch_ms(min(a)) AS a, epoch_ms(max(b)) AS b FROM (${ends(this.both.old)} UNION ALL ${ends(this.both.current)}) AS ends`,
    );
    return row && row.a !== null && row.b !== null
      ? { from: numberOf(row, 'a'), to: numberOf(row, 'b') }
      : null;
  }

  /** The condition for rows of differing partitions; undefined where none differs. */
  private candidates(prints: Prints): Sql | undefined {
    const column = this.both.layout.partitionColumn ?? '';
    const differing = [...prints.parts.values()].filter((part) => !part.equal);
    if (differing.length === 0) return undefined;
    const spans = normalise(
      differing.flatMap((part) =>
        part.from === null ? [] : [{ from: part.from, to: partitionEnd(part.from, prints.unit) }],
      ),
    );
    return insideSpans(column, typeOf(this.both.current, column), spans);
  }

  private async duplicates(key: readonly string[], where: Sql): Promise<{ old: number; new: number }> {
    if (key.length === 0) return { old: 0, new: 0 };
    const count = async (side: Side) => {
      const [row] = await this.rows(duplicateKeys(side.relation, key, where));
      return row ? numberOf(row, 'n') : 0;
    };
    return { old: await count(this.both.old), new: await count(this.both.current) };
  }

  private async store(key: readonly string[], where: Sql, unit: PartitionUnit): Promise<void> {
    const { pair, old, current, layout } = this.both;
    const work = {
      table: pair.table,
      old: old.relation,
      new: current.relation,
      common: layout.common,
      key,
      where,
      partitionColumn: layout.partitionColumn,
      unit,
    };
    await this.session.run(key.length > 0 ? storeKeyedDiff(work) : storeMultisetDiff(work), this.options());
  }

  private async count(relation: Sql): Promise<number> {
    const [row] = await this.rows(sql`SELECT count(*) AS n FROM ${relation} AS side`);
    return row ? numberOf(row, 'n') : 0;
  }

  private result(found: Found): TableComparison {
    const { pair, layout } = this.both;
    const counts = addUp(found);
    const columns = columnMatches(layout.common, found, counts.same + counts.changed);
    const cells =
      (counts.same + counts.changed + counts.added + counts.removed) * Math.max(1, columns.length);
    const unequal =
      columns.reduce((sum, column) => sum + column.differ, 0) +
      (counts.added + counts.removed) * columns.length;
    const equal = counts.added + counts.removed + counts.changed === 0 && layout.schema.length === 0;
    return {
      model: pair.model,
      status: equal ? 'same' : 'changed',
      key: found.key,
      keySource: found.key.length > 0 ? pair.keySource : 'none',
      duplicateKeys: found.duplicates ?? { old: 0, new: 0 },
      counts,
      score: cells === 0 ? 1 : 1 - unequal / cells,
      schema: layout.schema,
      columns,
      partitionColumn: layout.partitionColumn,
      partitionUnit: found.prints?.unit ?? 'none',
      partitions: partitionDiffs(found, layout.common),
      shared: layout.shared,
      wholeShared: false,
      table: counts.added + counts.removed + counts.changed > 0 ? found.table : null,
    };
  }

  private rows(statement: Sql): Promise<readonly Row[]> {
    return this.session.rows(statement, this.options());
  }

  private options() {
    return this.signal ? { signal: this.signal } : {};
  }
}

interface Found {
  readonly oldRows: number;
  readonly newRows: number;
  readonly prints: Prints | undefined;
  readonly diff: readonly Row[];
  readonly key: readonly string[];
  readonly duplicates?: { readonly old: number; readonly new: number };
  readonly table: string | null;
}

function addUp(found: Found) {
  const sum = (kind: string) => found.diff.reduce((total, row) => total + numberOf(row, kind), 0);
  const [added, removed, changed] = [sum('added'), sum('removed'), sum('changed')];
  return {
    added,
    removed,
    changed,
    same: found.newRows - added - changed,
    old: found.oldRows,
    new: found.newRows,
  };
}

function columnMatches(
  common: readonly CommonColumn[],
  found: Found,
  bothSides: number,
): readonly ColumnMatch[] {
  const compared = common.filter((column) => !found.key.includes(column.name));
  return common.map((column) => {
    const index = compared.indexOf(column);
    const differ = index < 0 ? 0 : found.diff.reduce((sum, row) => sum + numberOf(row, `c${index}`), 0);
    return {
      name: column.name,
      type: column.new,
      key: found.key.includes(column.name),
      differ,
      match: bothSides === 0 ? 1 : 1 - differ / bothSides,
    };
  });
}

function partitionDiffs(found: Found, common: readonly CommonColumn[]): readonly PartitionDiff[] {
  const compared = common.filter((column) => !found.key.includes(column.name));
  const byPart = new Map(found.diff.map((row) => [String(partTime(row)), row]));
  const prints = [...(found.prints?.parts.values() ?? [])].filter((part) => part.from !== null);
  return prints.map((part) => {
    const row = byPart.get(String(part.from));
    const columns = row
      ? compared.flatMap((column, index) =>
          numberOf(row, `c${index}`) > 0 ? [[column.name, numberOf(row, `c${index}`)] as const] : [],
        )
      : [];
    const from = part.from ?? 0;
    return {
      span: { from, to: partitionEnd(from, found.prints?.unit ?? 'day') },
      old: part.old,
      new: part.new,
      added: row ? numberOf(row, 'added') : 0,
      removed: row ? numberOf(row, 'removed') : 0,
      changed: row ? numberOf(row, 'changed') : 0,
      columns: Object.fromEntries(columns),
    };
  });
}

function partTime(row: Row): number | null {
  const text = textOrNull(row, 'part');
  return text === null ? null : Date.parse(`${text.replace(' ', 'T')}Z`);
}

function partitionEnd(from: number, unit: PartitionUnit): number {
  if (unit === 'hour') return from + 3_600_000;
  if (unit !== 'month') return from + 86_400_000;
  const date = new Date(from);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function typeOf(side: Side, column: string): string {
  return side.columns.find((candidate) => candidate.name === column)?.type ?? 'TIMESTAMP';
}

async function oneSided(session: Session, pair: Pair): Promise<TableComparison> {
  const side = pair.old ?? pair.new;
  const [row] = side ? await session.rows(sql`SELECT count(*) AS n FROM ${side.relation} AS side`) : [];
  const rows = row ? numberOf(row, 'n') : 0;
  const added = pair.new !== null;
  const counts = {
    added: added ? rows : 0,
    removed: added ? 0 : rows,
    changed: 0,
    same: 0,
    old: added ? 0 : rows,
    new: added ? rows : 0,
  };
  const schema = (side?.columns ?? []).map((column) => ({
    column: column.name,
    change: added ? ('added' as const) : ('removed' as const),
    old: added ? null : column.type,
    new: added ? column.type : null,
  }));
  return { ...empty(pair), status: added ? 'added' : 'removed', counts, score: 0, schema };
}

async function wholeShared(session: Session, pair: Pair, layout: Layout): Promise<TableComparison> {
  const relation = (pair.new ?? pair.old)?.relation;
  const [row] = relation ? await session.rows(sql`SELECT count(*) AS n FROM ${relation} AS side`) : [];
  const rows = row ? numberOf(row, 'n') : 0;
  const columns = layout.common.map((column) => ({
    name: column.name,
    type: column.new,
    key: pair.key.includes(column.name),
    differ: 0,
    match: 1,
  }));
  return {
    ...empty(pair),
    counts: { added: 0, removed: 0, changed: 0, same: rows, old: rows, new: rows },
    columns,
    shared: layout.shared,
    wholeShared: true,
  };
}

function empty(pair: Pair): TableComparison {
  return {
    model: pair.model,
    status: 'same',
    key: pair.key,
    keySource: pair.keySource,
    duplicateKeys: { old: 0, new: 0 },
    counts: { added: 0, removed: 0, changed: 0, same: 0, old: 0, new: 0 },
    score: 1,
    schema: [],
    columns: [],
    partitionColumn: null,
    partitionUnit: 'none',
    partitions: [],
    shared: [],
    wholeShared: false,
    table: null,
  };
}
