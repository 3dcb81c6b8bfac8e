import { useMemo } from 'react';
import { type Action, useOfferActions } from '../../store/actions';
import { addFiles } from './adding';
import { pickFiles } from './raw-files';

/** The ways to more sources, for the palette. */
export function useAddActions(): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'raw.add',
        command: 'source.import',
        title: 'Add files',
        group: 'Raw data',
        icon: 'plus',
        run: () => void pick('files'),
      },
      {
        id: 'raw.addFolder',
        title: 'Add a folder of files',
        group: 'Raw data',
        icon: 'folder',
        run: () => void pick('folder'),
      },
    ],
    [],
  );
  useOfferActions(actions);
}

async function pick(from: 'files' | 'folder'): Promise<void> {
  const files = await pickFiles(from);
  if (files.length > 0) await addFiles(files);
}
