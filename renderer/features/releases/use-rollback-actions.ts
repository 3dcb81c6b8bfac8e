import { useMemo, useRef } from 'react';
import type { RollbackPreview } from '../../../shared/protocol/views/release';
import { type Action, useOfferActions } from '../../store/actions';
import { rollbackLabel } from './words';

/** The rollback in sight as a line of the palette; it asks in place before anything moves. */
export function useRollbackActions(preview: RollbackPreview, ask: () => void): void {
  const latest = useRef(ask);
  latest.current = ask;
  const { models, to, allowed } = preview;
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'release.rollback',
        command: 'release.rollback',
        title: rollbackLabel(models.length, to),
        group: 'Releases',
        icon: 'undo',
        line: `teal rollback --to ${to}`,
        run: () => latest.current(),
        isAvailable: () => allowed,
      },
    ],
    [models, to, allowed],
  );
  useOfferActions(actions);
}
