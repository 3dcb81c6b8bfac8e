import { type RefObject, useEffect, useRef, useState } from 'react';
import { droppedFiles } from './raw-files';

/** Takes files and folders that are dropped on an element, or pasted there; tells whether some are held over it. */
export function useFileDrop(
  area: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    // Enter and leave come for every child; only the last leave ends it.
    let depth = 0;
    const count = (by: number, event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('dragenter', (event) => count(1, event), { signal });
    element.addEventListener('dragover', (event) => count(0, event), { signal });
    element.addEventListener('dragleave', (event) => count(-1, event), { signal });
    element.addEventListener('drop', (event) => take(event, event.dataTransfer), { signal });
    element.addEventListener('paste', (event) => take(event, event.clipboardData), { signal });
    function take(event: Event, transfer: DataTransfer | null): void {
      if (!transfer || !hasFiles(transfer)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void droppedFiles(transfer).then((files) => latest.current(files));
    }
    return () => stop.abort();
  }, [area]);
  return isOver;
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}
