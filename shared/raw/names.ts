/** The persisted table or view of one snapshot, e.g. `teal_data."raw__stream_feed__3f9a1c2e"`. */
export function snapshotViewName(source: string, snapshot: string): readonly [string, string] {
  return ['teal_data', `raw__${source}__${snapshot.slice(0, 8)}`];
}
