import { useMemo } from 'react';
import { toProblem } from '../../../shared/base/errors';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { type Action, useOfferActions } from '../../store/actions';
import { goTo } from '../../store/choices/room';
import { selectRelease } from '../../store/choices/selection';
import { callHost } from '../../store/host';
import { notifyProblem } from '../../store/notices';
import { putRun } from '../../store/runs';
import { everything, type RecordFilter } from './record-lines';

interface HistoryParts {
  readonly selected: HistoryEntry | undefined;
  readonly setFilter: (filter: RecordFilter) => void;
}

/** What can be done with the records, for the palette. */
export function useHistoryActions({ selected, setFilter }: HistoryParts): void {
  const actions = useMemo((): readonly Action[] => {
    const group = 'History';
    return [
      ...(selected ? recordActions(selected) : []),
      {
        id: 'history.failed',
        title: 'Show what failed',
        group,
        icon: 'filter',
        run: () => setFilter({ ...everything, outcome: 'failed' }),
      },
      {
        id: 'history.all',
        command: 'history.list',
        title: 'Show all records',
        group,
        icon: 'history',
        run: () => setFilter(everything),
      },
    ];
  }, [selected, setFilter]);
  useOfferActions(actions);
}

function recordActions(record: HistoryEntry): Action[] {
  const group = `Record: ${record.title}`;
  const { id, kind, release } = record;
  const resume: Action = {
    id: 'history.resume',
    command: 'backfill.resume',
    title: `Resume the ${kind}`,
    group,
    icon: 'play',
    run: () => void resumeRun(id),
    isAvailable: () => record.canResume,
  };
  if (release === null) return [resume];
  const show: Action = {
    id: 'history.release',
    title: `Show release ${release}`,
    group,
    icon: 'releases',
    run: () => {
      selectRelease(release);
      goTo('releases');
    },
  };
  return [resume, show];
}

async function resumeRun(run: string): Promise<void> {
  try {
    putRun(await callHost('backfill.resume', { run }));
    goTo('backfill');
  } catch (error) {
    notifyProblem(toProblem(error));
  }
}
