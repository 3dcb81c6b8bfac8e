import { chooseEnvironment } from '../../store/choices/environment';
import { goTo } from '../../store/choices/room';

/** Shows where a shadow is swapped into prod. */
export function goToSwap(environment: string): void {
  chooseEnvironment(environment);
  goTo('releases');
}
