import { useCallback, useRef, useState } from 'react';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { Planning } from '../../store/choices/planning';
import type { Fact } from '../../store/fact-cache';
import { useFact } from '../../store/use-fact';
import { useSettled } from '../../ui/use-settled';
import {
  type Category,
  firstOptions,
  optionsProblem,
  type PlanOptions,
  planInput,
  planLine,
} from './plan-options';

const TYPING_PAUSE = 400;

export interface Planned {
  readonly planning: Planning;
  readonly plan: Fact<PlanView>;
  /** the alternative in force: the one taken, else what the plan says of itself */
  readonly alternative: string | undefined;
  readonly takeAlternative: (id: string) => void;
  readonly options: PlanOptions;
  readonly set: (change: Partial<PlanOptions>) => void;
  /** takes a change as somebody says; null as the planner does */
  readonly choose: (model: string, category: Category | null) => void;
  /** whether the plan in sight is that of what was set and typed */
  readonly isCurrent: boolean;
  readonly line: string;
}

/** The plan of what is asked for; another alternative or option plans anew, the former plan stays until that is there. */
export function usePlanned(planning: Planning): Planned {
  const [taken, takeAlternative] = useState<string>();
  const [options, setOptions] = useState(() => firstOptions(planning));
  const settled = useSettled(options, TYPING_PAUSE);
  const isWrong = optionsProblem(settled) !== undefined;
  const asked = useRef(settled);
  if (!isWrong) asked.current = settled;
  const plan = useFact('plan.build', planInput(planning, asked.current, taken), { keep: true });
  const own = plan.data?.alternatives.find(({ selected }) => selected)?.id;
  const set = useCallback(
    (change: Partial<PlanOptions>) => setOptions((before) => ({ ...before, ...change })),
    [],
  );
  const choose = useCallback((model: string, category: Category | null) => {
    setOptions((before) => {
      const { [model]: _former, ...others } = before.choices;
      return { ...before, choices: category === null ? others : { ...others, [model]: category } };
    });
  }, []);
  const isCurrent = options === settled && !isWrong && !plan.loading;
  const line = planLine(planning, options);
  return {
    ...{ planning, plan, alternative: taken ?? own, takeAlternative },
    ...{ options, set, choose, isCurrent, line },
  };
}
