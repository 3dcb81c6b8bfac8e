import { useEffect } from 'react';
import { dismissNotice, notify } from '../../store/notices';
import { isStaticPage } from '../../store/page';
import { useCloseProject } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { formatBytes } from '../../ui/format';

/** Says that the browser's storage is nearly full before it is, and takes it back when there is room again. */
export function useRoomNotice(): void {
  const { data } = useFact('storage.read', isStaticPage() ? {} : null);
  const close = useCloseProject();
  const isLow = data?.low ?? false;
  const free = data === undefined ? '' : formatBytes(data.freeBytes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figure is that of the moment when it became low.
  useEffect(() => {
    if (!isLow) return;
    const id = notify({
      tone: 'look',
      text: `The browser's storage is nearly full: ${free} are left. Download projects and remove them here, or free space on the disk.`,
      action: { label: 'Show the projects', run: () => void close() },
    });
    return () => dismissNotice(id);
  }, [isLow]);
}
