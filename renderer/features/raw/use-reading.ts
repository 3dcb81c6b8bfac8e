import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/errors';
import type { Result } from '../../../shared/base/result';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { notify } from '../../store/notices';
import { useCommand } from '../../store/use-command';
import { countOf, formatCount } from '../../ui/format';
import { type ChoiceEdits, changedChoices, formerChoices } from './choice-edits';

/** How a source is read: the choices that were changed, and the reading itself. */
export interface Reading {
  readonly detail: SourceDetail | undefined;
  readonly changed: ChoiceEdits;
  readonly running: boolean;
  readonly share: number | null;
  readonly problem: Problem | undefined;
  choose(id: string, value: string): void;
  /** forgets the changes */
  undo(): void;
  /** reads with the changed choices; with none, the files as they are now */
  readAgain(): void;
  stop(): void;
}

const NONE: ChoiceEdits = {};

export function useReading(source: string, fact: SourceDetail | undefined): Reading {
  const [edits, setEdits] = useState(NONE);
  const configure = useCommand('source.configure');
  const refresh = useCommand('source.refresh');
  // Its answer is shown until the fact itself has come again, so that no former choice flashes up.
  const [answer, setAnswer] = useState<{ detail: SourceDetail; after: SourceDetail | undefined }>();
  const latest = useRef(fact);
  latest.current = fact;
  const detail = answer && answer.after === fact ? answer.detail : fact;
  const changed = detail ? changedChoices(detail.choices, edits) : NONE;
  const running = configure.running || refresh.running;
  const progress = configure.progress ?? refresh.progress;

  const take = (result: Result<SourceDetail>, asked: SourceDetail | undefined): boolean => {
    if (!result.ok) return false;
    setAnswer(latest.current === asked ? { detail: result.value, after: asked } : undefined);
    setEdits(NONE);
    return true;
  };
  const configureTo = async (choices: ChoiceEdits, back: ChoiceEdits | undefined): Promise<void> => {
    const asked = latest.current;
    const result = await configure.run({ source, choices });
    if (!take(result, asked) || !result.ok) return;
    const undo = back && { label: 'Read as before', run: () => void configureTo(back, undefined) };
    notify({ tone: 'done', text: readText(result.value), ...(undo ? { action: undo } : {}) });
  };
  const refreshNow = async (): Promise<void> => {
    const asked = latest.current;
    const result = await refresh.run({ source });
    if (take(result, asked) && result.ok) notify({ tone: 'done', text: readText(result.value) });
  };
  return {
    detail,
    changed,
    running,
    share: progress?.total ? (progress.done ?? 0) / progress.total : null,
    problem: configure.problem ?? refresh.problem,
    choose: (id, value) => {
      configure.clear();
      setEdits((former) => ({ ...former, [id]: value }));
    },
    undo: () => {
      configure.clear();
      setEdits(NONE);
    },
    readAgain: () => {
      configure.clear();
      refresh.clear();
      if (Object.keys(changed).length === 0) void refreshNow();
      else void configureTo(changed, formerChoices(detail?.choices ?? [], changed));
    },
    stop: () => {
      configure.cancel();
      refresh.cancel();
    },
  };
}

function readText({ name, loaded, quarantined }: SourceDetail): string {
  return `raw.${name} was read: ${countOf(loaded, 'row')} loaded, ${formatCount(quarantined)} in quarantine.`;
}
