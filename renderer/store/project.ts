import { useCallback } from 'react';
import type { FactTopic } from '../../shared/protocol/events';
import type { EnvironmentView, Overview } from '../../shared/protocol/views/project';
import { useEnvironmentChoice } from './choices/environment';
import { planFor } from './choices/planning';
import { resetSelection } from './choices/selection';
import type { Fact } from './fact-cache';
import { callHost, refreshFacts } from './host';
import { clearFacts, useFact } from './use-fact';

const EVERYTHING: FactTopic[] = ['project', 'graph', 'sources', 'run', 'releases', 'history'];

/** What the frame shows of the open project; its problem is `project.none_open` where none is. */
export function useOverview(): Fact<Overview> {
  return useFact('project.overview', {});
}

/** The environment that the window looks at: the chosen one where it exists, else the live one. */
export function useEnvironment(): EnvironmentView | undefined {
  const environments = useOverview().data?.environments ?? [];
  const chosen = useEnvironmentChoice((choice) => choice.environment);
  return (
    environments.find(({ name }) => name === chosen) ??
    environments.find(({ live }) => live) ??
    environments[0]
  );
}

/** Call after another project was opened, made or closed: nothing of the former one is shown any more. */
export function enterProject(): void {
  resetSelection();
  planFor(null);
  clearFacts();
  refreshFacts(EVERYTHING);
}

export function useCloseProject(): () => Promise<void> {
  return useCallback(async () => {
    await callHost('project.close', {});
    enterProject();
  }, []);
}
