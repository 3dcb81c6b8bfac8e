import { headOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import type { ColumnType, Entry, Segment, Version, WarehouseState } from '../release/types';
import { keepsValues } from '../sql/column-types';

/** What a version calls its columns and what the segment calls them. */
export type HeldNames = Readonly<Record<string, string>>;

/** How the columns of a version stand in a segment that other versions have written before. */
export interface Fit {
  readonly names: HeldNames;
  /** columns that the segment lacks, under its own names */
  readonly added: readonly ColumnType[];
  /** columns whose type became wider: what the rows have under the one is written under the other */
  readonly moved: readonly { readonly from: string; readonly to: ColumnType }[];
}

interface FitInput {
  readonly state: WarehouseState;
  readonly planned: Pick<PlannedModel, 'model' | 'line'>;
  readonly segment: Segment;
  readonly wanted: readonly ColumnType[];
}

/**
 * Fits a version's columns into the segment that it goes on in, as if the table had been altered: a new column is NULL in the rows
 * from before, also one that was dropped and is put back, and one that is of another type now. What older versions read keeps its name and type.
 */
export function fitColumns({ state, planned, segment, wanted }: FitInput): Fit {
  const base = headOf(state, planned.model, planned.line);
  const seen = base ? seenIn(base, segment) : {};
  const claimed = claimedIn(state.versions.get(planned.model) ?? [], segment);
  const names: Record<string, string> = {};
  const added: ColumnType[] = [];
  const moved: Fit['moved'][number][] = [];
  const types = new Map(segment.columns.map((column) => [lower(column.name), column.type]));
  for (const column of wanted) {
    const held = seen[column.name];
    if (held !== undefined && types.get(lower(held)) === column.type) {
      names[column.name] = held;
      continue;
    }
    const free = (name: string) =>
      !claimed.has(lower(name)) && [undefined, column.type].includes(types.get(lower(name)));
    let name = column.name;
    for (let n = 2; !free(name); n++) name = `${column.name}__${n}`;
    if (!types.has(lower(name))) added.push({ name, type: column.type });
    if (held !== undefined && keepsValues(types.get(lower(held)) ?? '', column.type))
      moved.push({ from: held, to: { name, type: column.type } });
    names[column.name] = name;
  }
  return { names, added, moved };
}

/**
 * The entries of a version with what is to be seen of each: of older segments, columns that no version since has dropped or given
 * another type.
 */
export function entriesFor(
  entries: readonly Entry[],
  version: Pick<Version, 'columns'>,
  segments: ReadonlyMap<string, Segment>,
  own?: { readonly segment: Segment; readonly names: HeldNames },
): readonly Entry[] {
  return entries.map((entry) => {
    const isOwn = own?.segment.table === entry.segment;
    const segment = isOwn ? own.segment : segments.get(entry.segment);
    if (!segment) return entry;
    const names = isOwn ? own.names : stillSeen(version, entry, segment);
    const { columns: _, ...plain } = entry;
    return isWhole(names, segment) ? plain : { ...plain, columns: names };
  });
}

function seenIn(version: Pick<Version, 'columns' | 'entries'>, segment: Segment): HeldNames {
  const entry = version.entries.find((one) => one.segment === segment.table);
  const all = entry?.columns ?? Object.fromEntries(segment.columns.map(({ name }) => [name, name]));
  return Object.fromEntries(
    version.columns.flatMap(({ name }) => (all[name] === undefined ? [] : [[name, all[name]]])),
  );
}

function stillSeen(version: Pick<Version, 'columns'>, entry: Entry, segment: Segment): HeldNames {
  const held = new Map(segment.columns.map((column) => [column.name, column.type]));
  const wanted = new Map(version.columns.map((column) => [column.name, column.type]));
  const names = Object.entries(seenIn({ ...version, entries: [entry] }, segment));
  return Object.fromEntries(
    names.filter(([name, under]) => keepsValues(held.get(under) ?? '', wanted.get(name) ?? '')),
  );
}

function claimedIn(versions: readonly Version[], segment: Segment): ReadonlySet<string> {
  return new Set(
    versions
      .filter((version) => version.entries.some((entry) => entry.segment === segment.table))
      .flatMap((version) => Object.values(seenIn(version, segment)).map(lower)),
  );
}

function isWhole(names: HeldNames, segment: Segment): boolean {
  return segment.columns.every(({ name }) => names[name] === name);
}

function lower(name: string): string {
  return name.toLowerCase();
}
