import { type Interval, intersect } from '../base/time';
import type { Expectation } from '../project/brief';
import type { TableComparison } from './types';

/** One line of the contract, and whether what was seen keeps it. */
export interface Kept {
  readonly text: string;
  readonly met: boolean;
  readonly detail: string;
}

export interface Verdict {
  readonly level: 'same' | 'changed' | 'surprise';
  readonly text: string;
}

/** Holds what was seen against what was expected beforehand. */
export function checkExpectations(
  expected: readonly Expectation[],
  scope: Interval | null,
  tables: readonly TableComparison[],
): readonly Kept[] {
  const lines: Kept[] = scope ? [onlyInScope(scope, tables)] : [];
  for (const expectation of expected) {
    const table = tables.find((candidate) => candidate.model === expectation.model);
    if (!table)
      lines.push({ text: `${expectation.model} is compared`, met: false, detail: 'It is in neither state.' });
    else lines.push(...checkTable(expectation, table));
  }
  return lines;
}

export function verdictOf(tables: readonly TableComparison[], expectations: readonly Kept[]): Verdict {
  const changed = tables.filter((table) => table.status !== 'same').length;
  const surprises = expectations.filter((line) => !line.met).length;
  if (surprises > 0)
    return {
      level: 'surprise',
      text: `Changed, with ${surprises} ${surprises === 1 ? 'surprise' : 'surprises'}`,
    };
  if (changed === 0) return { level: 'same', text: 'No row differs' };
  const models = `${changed} ${changed === 1 ? 'model' : 'models'}`;
  return {
    level: 'changed',
    text: expectations.length > 0 ? `Changed as expected, ${models}` : `${models} changed`,
  };
}

function onlyInScope(scope: Interval, tables: readonly TableComparison[]): Kept {
  const outside = tables.flatMap((table) =>
    table.partitions
      .filter(
        (part) =>
          part.added + part.removed + part.changed > 0 && intersect([part.span], [scope]).length === 0,
      )
      .map((part) => `${table.model} ${new Date(part.span.from).toISOString().slice(0, 10)}`),
  );
  const days = `${new Date(scope.from).toISOString().slice(0, 10)} to ${new Date(scope.to - 1).toISOString().slice(0, 10)}`;
  return {
    text: `Only ${days}`,
    met: outside.length === 0,
    detail:
      outside.length === 0
        ? 'Nothing outside differs.'
        : `${outside.length} partitions outside differ, first ${outside[0]}.`,
  };
}

function checkTable(expected: Expectation, table: TableComparison): readonly Kept[] {
  const name = table.model.split('.').at(-1) ?? table.model;
  const lines: Kept[] = [];
  if (expected.columns) {
    const allowed = expected.columns;
    const others = table.columns.filter((column) => column.differ > 0 && !allowed.includes(column.name));
    lines.push({
      text: `${name}: only ${allowed.join(', ')}`,
      met: others.length === 0,
      detail:
        others.length === 0
          ? 'No other column differs.'
          : others.map((column) => `${column.name} changed in ${column.differ} rows`).join(', '),
    });
  }
  if (expected.maxChanged !== null) {
    const share = table.counts.old === 0 ? 0 : table.counts.changed / table.counts.old;
    lines.push({
      text: `${name}: at most ${percent(expected.maxChanged)} of rows`,
      met: share <= expected.maxChanged,
      detail: `${percent(share)} changed.`,
    });
  }
  if (expected.added !== null)
    lines.push(countLine(`${name}: ${expected.added} rows added`, expected.added, table.counts.added));
  if (expected.removed !== null)
    lines.push(
      countLine(`${name}: ${expected.removed} rows removed`, expected.removed, table.counts.removed),
    );
  return lines;
}

function countLine(text: string, wanted: number, seen: number): Kept {
  return { text, met: seen === wanted, detail: `${seen} seen.` };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
