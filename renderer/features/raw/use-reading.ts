import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/errors';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { useCommand } from '../../store/use-command';
import { countOf, formatCount } from '../../ui/format';
import { type ChoiceEdits, changedChoices, formerChoices } from './choice-edits';
import { useChoiceEdits } from './kept-edits';

/** How a source is read: the choices that were changed, and the reading itself. */
export interface Reading {
  readonly detail: SourceDetail | undefined;
  readonly changed: ChoiceEdits;
  readonly running: boolean;
  readonly share: number | null;
  readonly problem: Problem | undefined;
  /** what came of the last reading, in a few words */
  readonly result: string;
  choose(id: string, value: string): void;
  /** forgets the changes */
  undo(): void;
  /** reads with the changed choices; with none, the files as they are now */
  readAgain(): void;
  /** reads with the choices from before the last reading; undefined where that had none of its own */
  readonly readAsBefore: (() => void) | undefined;
  stop(): void;
}

interface Answer {
  readonly detail: SourceDetail;
  /** the fact that was there when it was asked for */
  readonly after: SourceDetail | undefined;
  readonly former: ChoiceEdits | undefined;
}

export function useReading(source: string, fact: SourceDetail | undefined): Reading {
  const [edits, setEdits] = useChoiceEdits(source);
  const configure = useCommand('source.configure');
  const refresh = useCommand('source.refresh');
  const [answer, setAnswer] = useState<Answer>();
  const latest = useRef(fact);
  latest.current = fact;
  // An answer is shown until the fact itself has come again, so that no former choice flashes up.
  const detail = answer && answer.after === fact ? answer.detail : fact;
  const choices = detail?.choices ?? [];
  const changed = changedChoices(choices, edits);
  const progress = configure.progress ?? refresh.progress;
  const forget = (): void => {
    configure.clear();
    refresh.clear();
  };
  const read = async (wanted: ChoiceEdits | undefined, former?: ChoiceEdits): Promise<void> => {
    forget();
    setAnswer(undefined);
    const after = latest.current;
    const result = wanted ? await configure.run({ source, choices: wanted }) : await refresh.run({ source });
    if (!result.ok) return;
    setAnswer({ detail: result.value, after, former });
    setEdits({});
  };
  const isChanged = Object.keys(changed).length > 0;
  const former = answer?.former;
  return {
    detail,
    changed,
    running: configure.running || refresh.running,
    share: progress?.total ? (progress.done ?? 0) / progress.total : null,
    problem: configure.problem ?? refresh.problem,
    result: answer ? resultText(answer.detail) : '',
    choose: (id, value) => {
      forget();
      setEdits({ ...edits, [id]: value });
    },
    undo: () => {
      forget();
      setEdits({});
    },
    readAgain: () => void (isChanged ? read(changed, formerChoices(choices, changed)) : read(undefined)),
    readAsBefore: former && (() => void read(former)),
    stop: () => {
      configure.cancel();
      refresh.cancel();
    },
  };
}

function resultText({ loaded, quarantined }: SourceDetail): string {
  return `${countOf(loaded, 'row')} loaded, ${formatCount(quarantined)} in quarantine`;
}
