import { useMemo } from 'react';
import type { EnvironmentView } from '../../../shared/protocol/views/project';
import type { ReleaseList } from '../../../shared/protocol/views/release';
import { chooseSides, type Sides, useCompareChoice } from '../../store/choices/compare';
import { useEnvironment, useOverview } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { formatAgo } from '../../ui/format';
import type { SelectOption } from '../../ui/select';
import { defaultSides } from './default-sides';

export interface SidesState {
  /** null where the environment that the window looks at has nothing to compare */
  readonly sides: Sides | null;
  readonly options: readonly SelectOption<string>[];
  readonly environment: EnvironmentView | undefined;
  /** changes whenever one of the sides may show other rows than before */
  readonly revision: string;
  choose(sides: Sides): void;
}

/** Which two states are compared: those chosen here, or prod against the environment of the window. */
export function useSides(): SidesState {
  const overview = useOverview().data;
  const environment = useEnvironment();
  const { data: releases } = useFact('release.list', {});
  const chosen = useCompareChoice((choice) => choice.chosen);
  const environments = overview?.environments;
  const options = useMemo(() => sideOptions(environments ?? [], releases), [environments, releases]);
  const name = environment?.name ?? '';
  const isThere = (side: string): boolean => options.some(({ id }) => id === side);
  const isChosen = chosen?.environment === name && isThere(chosen.old) && isThere(chosen.new);
  return {
    sides: isChosen ? chosen : defaultSides(environments ?? [], environment),
    options,
    environment,
    revision: JSON.stringify([overview?.dir, overview?.liveRelease, environments]),
    choose: (sides) => chooseSides(sides, name),
  };
}

function sideOptions(
  environments: readonly EnvironmentView[],
  list: ReleaseList | undefined,
): readonly SelectOption<string>[] {
  const kept = (list?.releases ?? []).filter(({ retained, live }) => retained && !live);
  return [
    ...environments.map(({ name, live, filledAt }) => ({
      id: name,
      title: name,
      note: live ? 'live' : filledAt ? `filled ${formatAgo(filledAt)}` : 'nothing filled',
    })),
    ...kept.map(({ number, title }) => ({
      id: `release ${number}`,
      title: `release ${number}`,
      note: title,
    })),
  ];
}
