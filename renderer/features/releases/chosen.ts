import type { ReleaseList, ReleaseView } from '../../../shared/protocol/views/release';

/** What the room looks at: a shadow that waits, or a release. */
export type Chosen =
  | { readonly kind: 'shadow'; readonly shadow: ReleaseList['waiting'][number] }
  | { readonly kind: 'release'; readonly release: ReleaseView };

/** A chosen release; else the shadow that the window looks at, the first that waits, or what is live. */
export function findChosen(
  list: ReleaseList,
  number: number | null,
  environment: string,
): Chosen | undefined {
  const release = list.releases.find((candidate) => candidate.number === number);
  if (release) return { kind: 'release', release };
  const shadow = list.waiting.find((candidate) => candidate.environment === environment) ?? list.waiting[0];
  if (shadow) return { kind: 'shadow', shadow };
  const live = list.releases.find((candidate) => candidate.live) ?? list.releases[0];
  return live && { kind: 'release', release: live };
}

export function chosenKey(chosen: Chosen): string {
  return chosen.kind === 'shadow'
    ? `shadow ${chosen.shadow.environment}`
    : `release ${chosen.release.number}`;
}

/** The release that a rollback leads to: an older one to itself; the live one and a shadow to the one before the live one. */
export function rollbackTarget(list: ReleaseList, chosen: Chosen): number | undefined {
  if (chosen.kind === 'release' && !chosen.release.live) {
    return chosen.release.retained ? chosen.release.number : undefined;
  }
  return list.releases.find(({ live, retained }) => !live && retained)?.number;
}
