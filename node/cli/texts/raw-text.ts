import type { CommandOutput } from '../../../shared/protocol/table';
import { count, plural, table } from '../text';

export function importedText(result: CommandOutput<'source.import'>): string {
  return result.sources
    .map((source) => {
      const aside = source.quarantined > 0 ? `, ${count(source.quarantined)} in quarantine` : '';
      return `raw.${source.name}: ${plural(source.rows, 'row')} loaded${aside}`;
    })
    .join('\n');
}

export function sourcesText(sources: CommandOutput<'source.list'>['sources']): string {
  if (sources.length === 0) return 'No source yet.\nNext: teal import FILE...';
  const rows = sources.map((source) => [
    `raw.${source.name}`,
    source.format,
    source.files,
    source.bytes,
    source.rows,
    source.quarantined,
    source.problem,
  ]);
  return table(['source', 'format', 'files', 'bytes', 'rows', 'quarantined', 'problem'], rows);
}

export function sourceText(detail: CommandOutput<'source.read'>): string {
  const columns = detail.profile.map((column) => [
    column.name,
    column.type,
    column.nulls,
    column.distinct,
    column.min,
    column.max,
  ]);
  return [
    `raw.${detail.name}: ${count(detail.read)} read = ${count(detail.loaded)} loaded + ${count(detail.quarantined)} quarantined`,
    table(['column', 'type', 'nulls', 'distinct', 'min', 'max'], columns),
    detail.readSql,
  ].join('\n\n');
}

export function quarantineText(page: CommandOutput<'source.quarantine'>): string {
  const rows = page.rows.map((row) => [row.file, row.line, row.column, row.reason, row.raw]);
  return rows.length === 0
    ? 'No line is in quarantine.'
    : table(['file', 'line', 'column', 'reason', 'as it stands'], rows);
}
