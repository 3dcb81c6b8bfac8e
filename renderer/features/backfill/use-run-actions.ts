import { useMemo } from 'react';
import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { type Action, useOfferActions } from '../../store/actions';
import { goToCompare, goToSwap } from './next-steps';
import type { RunControl } from './use-run-control';

/** What can be done with the run in sight. */
export function useRunActions(run: RunStatus, { pause, resume, stop }: RunControl): void {
  const { id, status, environment } = run;
  const actions = useMemo((): readonly Action[] => {
    const group = 'Backfill';
    const own: readonly (Action | false)[] = [
      status === 'running' && {
        id: 'backfill.pause',
        command: 'backfill.pause',
        title: 'Pause the backfill',
        group,
        icon: 'pause',
        run: () => void pause(id),
      },
      status !== 'running' &&
        status !== 'done' && {
          id: 'backfill.resume',
          command: 'backfill.resume',
          title: 'Resume the backfill',
          group,
          icon: 'play',
          line: 'teal backfill --resume',
          run: () => void resume(id),
        },
      (status === 'running' || status === 'paused') && {
        id: 'backfill.stop',
        command: 'backfill.stop',
        title: 'Stop the backfill, keep what is filled',
        group,
        icon: 'stop',
        run: () => void stop(id),
      },
      ...(status === 'done' && environment !== 'prod' ? nextActions(environment) : []),
    ];
    return own.filter((action) => action !== false);
  }, [id, status, environment, pause, resume, stop]);
  useOfferActions(actions);
}

function nextActions(environment: string): Action[] {
  return [
    {
      id: 'backfill.compare',
      title: `Compare ${environment} with prod`,
      group: 'Backfill',
      icon: 'compare',
      line: `teal compare prod ${environment}`,
      run: () => goToCompare(environment),
    },
    {
      id: 'backfill.swap',
      title: `Go to the swap of ${environment}`,
      group: 'Backfill',
      icon: 'swap',
      line: `teal swap ${environment}`,
      run: () => goToSwap(environment),
    },
  ];
}
