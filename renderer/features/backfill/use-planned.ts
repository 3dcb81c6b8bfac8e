import { useState } from 'react';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { Planning } from '../../store/choices/planning';
import type { Fact } from '../../store/fact-cache';
import { useFact } from '../../store/use-fact';

export interface Planned {
  readonly planning: Planning;
  readonly plan: Fact<PlanView>;
  /** the alternative in force: the one taken, else what the plan says of itself */
  readonly alternative: string | undefined;
  readonly takeAlternative: (id: string) => void;
}

/** The plan of what is asked for; another alternative plans anew, the former plan stays until that is there. */
export function usePlanned(planning: Planning): Planned {
  const [taken, takeAlternative] = useState<string>();
  const plan = useFact('plan.build', inputOf(planning, taken), { keep: true });
  const own = plan.data?.alternatives.find(({ selected }) => selected)?.id;
  return { planning, plan, alternative: taken ?? own, takeAlternative };
}

function inputOf({ environment, models, brief }: Planning, alternative: string | undefined) {
  return {
    environment,
    ...(models ? { models: [...models] } : {}),
    ...(brief === undefined ? {} : { brief }),
    ...(alternative === undefined ? {} : { alternative }),
  };
}
