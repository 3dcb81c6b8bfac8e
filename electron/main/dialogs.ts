import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { KeptRun } from '../../shared/protocol/desktop';
import type { Electron } from './electron';

const MOST_FILES = 10_000;
/** a machine that shuts down must not wait for an answer */
const READING_TIME = 30_000;

/** A folder for a project; it can be made in the dialog. */
export async function pickFolder({ dialog }: Electron, window: BrowserWindow): Promise<string | null> {
  const picked = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return picked.canceled ? null : (picked.filePaths[0] ?? null);
}

/** Paths of raw data: some files, or all below a folder, hidden ones left out. */
export async function pickFiles(
  { dialog }: Electron,
  window: BrowserWindow,
  from: 'files' | 'folder',
): Promise<readonly string[]> {
  const properties =
    from === 'files' ? (['openFile', 'multiSelections'] as const) : (['openDirectory'] as const);
  const picked = await dialog.showOpenDialog(window, { properties: [...properties] });
  if (picked.canceled) return [];
  if (from === 'files') return picked.filePaths;
  const found: string[] = [];
  for (const folder of picked.filePaths) await listFiles(folder, found);
  return found.toSorted();
}

async function listFiles(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.') || found.length >= MOST_FILES) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await listFiles(path, found);
    else if (entry.isFile()) found.push(path);
  }
}

/** Says what a run that was under way has kept; a moment later it is put away unread. */
export async function tellKept({ dialog }: Electron, kept: KeptRun): Promise<void> {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), READING_TIME);
  await dialog.showMessageBox({
    type: 'info',
    title: 'Teal',
    message: `“${kept.title}” was stopped after ${kept.done} of ${kept.total} batches.`,
    detail: 'They are kept. Open the project again and press Resume to go on where it stopped.',
    buttons: ['Quit Teal'],
    signal: gone.signal,
  });
  clearTimeout(timer);
}

/** Asks what to do about a host that crashes again and again; true to start it once more. */
export async function askRestart({ dialog }: Electron): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Teal',
    message: 'The process that works on the data ended four times within a minute.',
    detail: 'Whatever was committed is kept. An unfinished run can be resumed once the process runs again.',
    buttons: ['Start it again', 'Quit Teal'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

/** Says that the page of the window crashes whenever it is loaded; the app then ends as it does when a window is closed. */
export async function tellWindowGone({ dialog }: Electron): Promise<void> {
  await dialog.showMessageBox({
    type: 'error',
    title: 'Teal',
    message: 'The window crashed four times within a minute.',
    detail: 'Whatever was committed is kept. The command line and teal ui work on the same project.',
    buttons: ['Quit Teal'],
  });
}
