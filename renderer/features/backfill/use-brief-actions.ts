import { useMemo } from 'react';
import { type Action, useOfferActions } from '../../store/actions';
import { planFor } from '../../store/choices/planning';
import { useFact } from '../../store/use-fact';

/** Each backfill file as a line of the palette. */
export function useBriefActions(): void {
  const briefs = useFact('plan.briefs', {}).data?.briefs;
  const actions = useMemo(
    (): readonly Action[] =>
      (briefs ?? []).flatMap(({ file, name, environment, problem }) =>
        problem
          ? []
          : {
              id: `plan.${file}`,
              title: `Plan the backfill ${name}`,
              group: 'Backfill',
              icon: 'backfill',
              line: `teal backfill ${file}`,
              run: () => planFor({ environment, brief: file }),
            },
      ),
    [briefs],
  );
  useOfferActions(actions);
}
