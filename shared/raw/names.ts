/** The persisted table or view of one snapshot, e.g. `teal_data."raw__stream_feed__3f9a1c2e"`. */
export function snapshotViewName(source: string, snapshot: string): readonly [string, string] {
  return ['teal_data', `raw__${source}__${snapshot.slice(0, 8)}`];
}

/** The view that reads a source's current snapshot, `raw.<source>`. */
export function sourceViewName(source: string): readonly [string, string] {
  return ['raw', source];
}

/** The column of a snapshot's table that counts its files from 0 in the order of `Snapshot.files`; no view shows it. */
export const FILE_COLUMN = '_teal_file';
