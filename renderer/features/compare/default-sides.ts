import type { EnvironmentView } from '../../../shared/protocol/views/project';
import type { Sides } from '../../store/choices/compare';

/** Prod against the environment, where that is a shadow that differs. */
export function defaultSides(
  environments: readonly EnvironmentView[],
  environment: EnvironmentView | undefined,
): Sides | null {
  const live = environments.find((one) => one.live);
  if (!live || !environment || environment.live || environment.differing === 0) return null;
  return { old: live.name, new: environment.name };
}
