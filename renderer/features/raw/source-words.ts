import type { SourceSummary } from '../../../shared/protocol/views/raw';

export function formatName(format: SourceSummary['format']): string {
  return format === 'parquet' ? 'Parquet' : format.toUpperCase();
}

/** `3f9a…c21e` */
export function shortId(id: string): string {
  return id.length <= 9 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
