import { useMemo, useRef } from 'react';
import type { SwapPreview } from '../../../shared/protocol/views/release';
import { type Action, useOfferActions } from '../../store/actions';
import { swapLabel } from './words';

/** The swap in sight as a line of the palette. */
export function useSwapActions(preview: SwapPreview, swap: () => void): void {
  const latest = useRef(swap);
  latest.current = swap;
  const { environment, models, next, allowed } = preview;
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'release.swap',
        command: 'release.swap',
        title: swapLabel(models, next, undefined),
        group: 'Releases',
        icon: 'swap',
        line: `teal swap ${environment}`,
        run: () => latest.current(),
        isAvailable: () => allowed,
      },
    ],
    [environment, models, next, allowed],
  );
  useOfferActions(actions);
}
