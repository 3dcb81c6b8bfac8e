import { useMemo, useRef } from 'react';
import { type Action, useOfferActions } from '../../store/actions';
import type { Reading } from './use-reading';
import type { SourceView } from './use-source-view';

interface SourceParts {
  readonly name: string;
  readonly reading: Reading;
  readonly view: SourceView;
  readonly isRead: boolean;
}

/** What can be done with the source in sight, for the palette. */
export function useSourceActions(parts: SourceParts): void {
  const latest = useRef(parts);
  latest.current = parts;
  const { name } = parts;
  const actions = useMemo((): readonly Action[] => {
    const now = (): SourceParts => latest.current;
    const group = `raw.${name}`;
    const isRead = (): boolean => now().isRead;
    return [
      {
        id: 'raw.model',
        title: `Use raw.${name} in a model`,
        group,
        icon: 'canvas',
        run: () => now().view.setNaming(true),
        isAvailable: isRead,
      },
      {
        id: 'raw.again',
        command: 'source.refresh',
        title: `Read raw.${name} again`,
        line: `teal sources ${name} --refresh`,
        group,
        icon: 'undo',
        run: () => now().reading.readAgain(),
      },
      {
        id: 'raw.sql',
        title: 'Show the SQL that reads the files',
        group,
        icon: 'sql',
        run: () => now().view.showSql(!now().view.hasSql),
        isAvailable: isRead,
      },
      ...(['profile', 'snapshots', 'drift'] as const).map((tab) => ({
        id: `raw.${tab}`,
        title: `Show the ${tab} of raw.${name}`,
        group,
        icon: 'view',
        run: () => now().view.showTab(tab),
        isAvailable: isRead,
      })),
    ];
  }, [name]);
  useOfferActions(actions);
}
