import { mkdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RecentEntry } from '../../shared/service/platform';
import { parseRecents, withRecent } from '../../shared/service/recents';
import { writeAtomic } from './atomic-file';

/** Where Teal keeps what belongs to a user and to no project; `TEAL_STATE_DIR` overrides. */
export function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.TEAL_STATE_DIR) return env.TEAL_STATE_DIR;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Teal');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Teal');
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'teal');
}

/** Projects that were opened of late, newest first; a folder that is gone says so. */
export async function readRecents(state: string): Promise<readonly RecentEntry[]> {
  const entries = await readEntries(state);
  return Promise.all(
    entries.map(async (entry): Promise<RecentEntry> => {
      const there = await stat(entry.dir).catch(() => null);
      return there?.isDirectory() ? entry : { ...entry, state: 'missing', note: 'The folder is not there.' };
    }),
  );
}

/** Puts a project first among those of late; where nothing can be written, as in some containers, the list stays as it is. */
export async function rememberRecent(state: string, entry: RecentEntry): Promise<void> {
  const text = JSON.stringify(withRecent(await readEntries(state), entry), null, 2);
  const write = async () => {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    await writeAtomic(join(state, 'recents.json'), `${text}\n`, 0o600);
  };
  await write().catch(() => undefined);
}

async function readEntries(state: string): Promise<readonly RecentEntry[]> {
  return parseRecents(await readFile(join(state, 'recents.json'), 'utf8').catch(() => '[]'));
}
