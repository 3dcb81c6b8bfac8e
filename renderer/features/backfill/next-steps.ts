import { chooseEnvironment } from '../../store/choices/environment';
import { goTo } from '../../store/choices/room';
import { selectRelease } from '../../store/choices/selection';

/** Shows what a shadow would change. */
export function goToCompare(environment: string): void {
  chooseEnvironment(environment);
  goTo('compare');
}

/** Shows the gates of a shadow's swap. */
export function goToSwap(environment: string): void {
  chooseEnvironment(environment);
  selectRelease(null);
  goTo('releases');
}

/** Null goes to the live one. */
export function goToRelease(release: number | null): void {
  selectRelease(release);
  goTo('releases');
}
