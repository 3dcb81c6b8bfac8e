import type { DropItem } from 'react-aria-components';
import type { FolderFile } from '../../store/archive';

/** What was dropped: single files, and the files of folders with their paths. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folder: readonly FolderFile[];
}

/** Reads what was dropped, folders and all. */
export async function readDropped(items: readonly DropItem[]): Promise<Dropped> {
  const files: File[] = [];
  const folder: FolderFile[] = [];
  for (const item of items) {
    if (item.kind === 'file') files.push(await item.getFile());
    if (item.kind === 'directory') await walk(item, item.name, folder);
  }
  return { files, folder };
}

async function walk(item: DropItem, path: string, found: FolderFile[]): Promise<void> {
  if (item.kind !== 'directory') return;
  for await (const entry of item.getEntries()) {
    const below = `${path}/${entry.name}`;
    if (entry.kind === 'file') found.push({ path: below, file: await entry.getFile() });
    else await walk(entry, below, found);
  }
}
