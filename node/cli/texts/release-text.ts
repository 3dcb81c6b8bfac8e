import type { CommandOutput } from '../../../shared/protocol/table';
import type { Comparison } from '../../../shared/protocol/views/compare';
import { count, moment, plural, seconds, share, table } from '../text';

type DiffPage = CommandOutput<'compare.rows'>;

export function comparisonText(comparison: Comparison, pages: Readonly<Record<string, DiffPage>>): string {
  const rows = comparison.models.map((model) => [
    model.model,
    model.status,
    model.counts.added,
    model.counts.removed,
    model.counts.changed,
    model.counts.same,
    share(model.score),
  ]);
  const columns = comparison.models.flatMap((model) =>
    model.columns
      .filter((column) => column.differ > 0)
      .map((column) => [model.model, column.name, column.differ, share(column.match)]),
  );
  const expected = comparison.expectations.map(
    (line) => `${line.met ? 'as expected' : 'SURPRISE'}: ${line.text} (${line.detail})`,
  );
  return [
    `${comparison.verdict.text}: ${comparison.old} to ${comparison.new}, ${seconds(comparison.seconds)}`,
    table(['model', 'status', 'added', 'removed', 'changed', 'same', 'cells match'], rows),
    ...(columns.length > 0 ? [table(['model', 'column', 'differ', 'match'], columns)] : []),
    ...(expected.length > 0 ? [expected.join('\n')] : []),
    ...Object.entries(pages).map(([model, page]) => diffText(model, page)),
  ].join('\n\n');
}

/** The differing rows of one model, a line each: `+` added, `-` removed, `~` changed with its cells old to new. */
function diffText(model: string, page: DiffPage): string {
  const names = page.columns.map((column) => column.name);
  const cells = (row: readonly unknown[], only: readonly string[]) =>
    names.flatMap((name, index) => (only.includes(name) ? [`${name} ${cellText(row[index])}`] : []));
  const lines = page.rows.map((row) => {
    if (row.kind === 'added') return `+ ${cells(row.new ?? [], names).join(', ')}`;
    if (row.kind === 'removed') return `- ${cells(row.old ?? [], names).join(', ')}`;
    const changes = row.changed.map((name) => {
      const index = names.indexOf(name);
      return `${name} ${cellText(row.old?.[index])} to ${cellText(row.new?.[index])}`;
    });
    return `~ ${cells(row.new ?? [], page.key).join(', ')}: ${changes.join(', ')}`;
  });
  const head = `${model}: ${plural(page.rows.length, 'row')} of ${count(page.total)} that differ`;
  return [head, ...lines].join('\n');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function rollbackText(preview: CommandOutput<'release.rollbackPreview'>): string {
  return table(
    ['model', 'added', 'removed', 'changed'],
    preview.models.map((model) => [model.model, model.added, model.removed, model.changed]),
  );
}

export function releasesText(list: CommandOutput<'release.list'>): string {
  const waiting = list.waiting.map(
    (shadow) =>
      `${shadow.environment} waits to become release ${shadow.nextRelease}: ${plural(shadow.models, 'model')}`,
  );
  const rows = list.releases.map((release) => [
    release.number,
    release.live ? 'live' : '',
    release.kind,
    release.title,
    moment(release.at),
    release.user,
    release.models.length,
    release.note,
  ]);
  const head = ['release', '', 'by', 'title', 'at', 'user', 'models', 'note'];
  return [...waiting, rows.length > 0 ? table(head, rows) : 'No release yet.'].join('\n');
}
