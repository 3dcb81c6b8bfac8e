import type { ColumnKind, GridColumn, GridProfile } from './grid-types';

interface ColumnLike {
  readonly name: string;
  readonly type: string;
}

interface ProfileLike extends ColumnLike {
  readonly nulls: number;
  readonly distinct: number;
  readonly shape: GridProfile['shape'];
  readonly bins: readonly number[];
  readonly min: string | null;
  readonly max: string | null;
}

/** Grid columns of a result; `keys` are tinted, a `profile` puts a chart over each. */
export function toGridColumns(
  columns: readonly ColumnLike[],
  more: { keys?: readonly string[]; profile?: readonly ProfileLike[] } = {},
): GridColumn[] {
  return columns.map(({ name, type }) => {
    const kind = columnKind(type);
    const found = more.profile?.find((entry) => entry.name === name);
    return {
      id: name,
      title: name,
      kind,
      type,
      isKey: more.keys?.includes(name) ?? false,
      ...(found ? { profile: { shape: found.shape, bins: found.bins, fact: profileFact(found, kind) } } : {}),
    };
  });
}

/** What a column of an SQL type holds. */
function columnKind(type: string): ColumnKind {
  const name = type.toUpperCase();
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)\b/.test(name)) return 'number';
  if (/^(DATE|TIME|TIMESTAMP)/.test(name)) return 'time';
  if (/^(VARCHAR|TEXT|CHAR|ENUM|UUID|BOOLEAN)/.test(name)) return 'text';
  return 'other';
}

function profileFact(profile: ProfileLike, kind: ColumnKind): string {
  if (profile.shape === 'unique') return 'unique';
  if (profile.nulls > 0) return `${profile.nulls.toLocaleString('en-US')} null`;
  if (kind === 'number' && profile.min !== null && profile.max !== null)
    return `${profile.min}–${profile.max}`;
  return `${profile.distinct.toLocaleString('en-US')} distinct`;
}
