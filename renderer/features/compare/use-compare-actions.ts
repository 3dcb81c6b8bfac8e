import { useMemo, useRef } from 'react';
import { type Action, useOfferActions } from '../../store/actions';
import { useOverview } from '../../store/project';
import { goToSwap } from './go-to-swap';
import type { ComparisonState } from './use-comparison';
import type { SidesState } from './use-sides';

/** What the room can do, in the palette. */
export function useCompareActions(sides: SidesState, state: ComparisonState): void {
  const latest = useRef({ sides, state });
  latest.current = { sides, state };
  const environments = useOverview().data?.environments;
  const old = sides.sides?.old;
  const current = sides.sides?.new;
  const actions = useMemo(() => {
    const live = environments?.find((one) => one.live)?.name ?? '';
    const shadows = (environments ?? []).filter((one) => !one.live && one.differing > 0);
    const pairs = shadows.map(
      ({ name }): Action => ({
        id: `compare.with.${name}`,
        command: 'compare.run',
        title: `Compare ${live} with ${name}`,
        group: 'Compare',
        line: `teal compare ${live} ${name}`,
        icon: 'compare',
        run: () => latest.current.sides.choose({ old: live, new: name }),
      }),
    );
    if (old === undefined || current === undefined) return pairs;
    const isSwap = old === live && shadows.some(({ name }) => name === current);
    return [...pairs, ...pairActions(old, current, latest), ...(isSwap ? [swapAction(current)] : [])];
  }, [environments, old, current]);
  useOfferActions(actions);
}

function swapAction(environment: string): Action {
  return {
    id: 'compare.swap',
    title: 'Go to the swap',
    group: 'Compare',
    icon: 'releases',
    run: () => goToSwap(environment),
  };
}

function pairActions(
  old: string,
  current: string,
  latest: { readonly current: { sides: SidesState; state: ComparisonState } },
): Action[] {
  const names = [old, current].map((side) => (side.includes(' ') ? `'${side}'` : side)).join(' ');
  return [
    {
      id: 'compare.again',
      title: 'Compare again',
      group: 'Compare',
      line: `teal compare ${names} --fresh`,
      icon: 'compare',
      run: () => latest.current.state.again(),
      isAvailable: () => !latest.current.state.running,
    },
    {
      id: 'compare.turn',
      title: 'Turn the sides around',
      group: 'Compare',
      icon: 'swap',
      run: () => latest.current.sides.choose({ old: current, new: old }),
    },
    {
      id: 'compare.cancel',
      title: 'Cancel the comparison',
      group: 'Compare',
      icon: 'stop',
      run: () => latest.current.state.cancel(),
      isAvailable: () => latest.current.state.running,
    },
  ];
}
