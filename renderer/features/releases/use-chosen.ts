import type { ReleaseList } from '../../../shared/protocol/views/release';
import { chooseEnvironment, useEnvironmentChoice } from '../../store/choices/environment';
import { selectRelease, useSelection } from '../../store/choices/selection';
import { type Chosen, findChosen } from './chosen';

export function useChosen(list: ReleaseList): Chosen | undefined {
  const number = useSelection(({ release }) => release);
  const environment = useEnvironmentChoice((choice) => choice.environment);
  return findChosen(list, number, environment);
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
