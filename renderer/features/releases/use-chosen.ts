import type { ReleaseList, ReleaseView } from '../../../shared/protocol/views/release';
import { chooseEnvironment, useEnvironmentChoice } from '../../store/choices/environment';
import { selectRelease, useSelection } from '../../store/choices/selection';

type WaitingShadow = ReleaseList['waiting'][number];

/** What the room looks at: a shadow that waits, or a release. */
export type Chosen =
  | { readonly kind: 'shadow'; readonly shadow: WaitingShadow }
  | { readonly kind: 'release'; readonly release: ReleaseView };

/** A chosen release; else the shadow that the window looks at, the first that waits, or what is live. */
export function useChosen(list: ReleaseList): Chosen | undefined {
  const number = useSelection(({ release }) => release);
  const environment = useEnvironmentChoice((choice) => choice.environment);
  return findChosen(list, number, environment);
}

function findChosen(list: ReleaseList, number: number | null, environment: string): Chosen | undefined {
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

/** The inverse of `chosenKey`, carried out. */
export function choose(key: string): void {
  const [kind, name = ''] = key.split(' ');
  if (kind === 'release') selectRelease(Number(name));
  else {
    selectRelease(null);
    chooseEnvironment(name);
  }
}
