import { useMemo } from 'react';
import type { ReleaseList } from '../../../shared/protocol/views/release';
import { type Action, useOfferActions } from '../../store/actions';
import { choose } from './use-chosen';

/** Going to the live release, and to each shadow that waits. */
export function useReleaseActions(list: ReleaseList | undefined): void {
  const actions = useMemo((): readonly Action[] => {
    if (!list) return [];
    const { live, waiting } = list;
    const shadows = waiting.map(({ environment }): Action => {
      const title = `Look at the swap of ${environment}`;
      const show = () => choose(`shadow ${environment}`);
      return { id: `release.shadow.${environment}`, title, group: 'Releases', icon: 'releases', run: show };
    });
    if (live === null) return shadows;
    const showLive: Action = {
      id: 'release.live',
      command: 'release.list',
      title: `Look at release ${live}, live`,
      group: 'Releases',
      icon: 'releases',
      line: 'teal releases',
      run: () => choose(`release ${live}`),
    };
    return [...shadows, showLive];
  }, [list]);
  useOfferActions(actions);
}
