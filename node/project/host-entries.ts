import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { constants, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeUnsynced } from './atomic-file';
import { isSameProcess, processMark } from './process-mark';

/** What any version of Teal writes about itself. */
const entryHead = z.object({
  /** the project's real path */
  project: z.string(),
  pid: z.number(),
  /** tells the process from a later one with the same number */
  mark: z.nullable(z.string()),
  version: z.string(),
});

/** A host as it makes itself known: who it is, and where on the loopback address it answers to which token. */
const hostEntry = z.object({
  ...entryHead.shape,
  /** how people reach it: `command line`, `browser on the server`, `desktop` */
  way: z.string(),
  /**
   * when it ends: `window` when a person ends it, `work` with a verb that writes and may take long, `look` with one that reads
   */
  lasts: z.enum(['window', 'work', 'look']),
  since: z.number(),
  port: z.number(),
  token: z.string(),
});

export type HostEntry = z.infer<typeof hostEntry>;

/** What is known of one process that says it has a project open. */
export type FoundHost =
  | { readonly kind: 'host'; readonly pid: number; readonly entry: HostEntry }
  /** another version, whose answers could mean something else */
  | { readonly kind: 'version'; readonly pid: number; readonly version: string }
  /** somebody else may have written or read the entry */
  | { readonly kind: 'untrusted'; readonly pid: number; readonly file: string; readonly why: string };

/** Makes a host known. Each process has a file of its own for each project, so that no two write one file. */
export async function writeHostEntry(
  state: string,
  entry: Omit<HostEntry, 'pid' | 'mark'>,
): Promise<() => Promise<void>> {
  const folder = hostsFolder(state);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
  const file = join(folder, fileName(entry.project, process.pid));
  const whole: HostEntry = { ...entry, pid: process.pid, mark: processMark(process.pid) };
  await writeUnsynced(file, `${JSON.stringify(whole, null, 2)}\n`, 0o600);
  return () => rm(file, { force: true });
}

/** The hosts that say they have a project open, this process left out. Entries of processes that are gone are removed. */
export async function readHostEntries(
  state: string,
  project: string,
  version: string,
): Promise<readonly FoundHost[]> {
  const folder = hostsFolder(state);
  const names = await readdir(folder).catch(() => []);
  const hash = hashOf(project);
  const distrust = names.length === 0 ? null : distrustOf(lstatSync(folder), 0o077);
  const found: FoundHost[] = [];
  for (const name of names.toSorted()) {
    const pid = Number(/^([0-9a-f]+)-(\d+)\.json$/.exec(name)?.[2]);
    if (!name.startsWith(`${hash}-`) || !Number.isInteger(pid) || pid === process.pid) continue;
    const file = join(folder, name);
    const one = distrust === null ? await readEntry(file, { pid, project, version }) : null;
    if (distrust !== null) found.push({ kind: 'untrusted', pid, file: folder, why: distrust });
    else if (one === 'gone') await rm(file, { force: true });
    else if (one !== null) found.push(one);
  }
  return found;
}

function hostsFolder(state: string): string {
  return join(state, 'hosts');
}

function fileName(project: string, pid: number): string {
  return `${hashOf(project)}-${pid}.json`;
}

function hashOf(project: string): string {
  return createHash('sha256').update(project).digest('hex').slice(0, 24);
}

// The file that was opened is the one that is judged, lest another be put in its place meanwhile.
async function readEntry(
  file: string,
  wanted: { readonly pid: number; readonly project: string; readonly version: string },
): Promise<FoundHost | 'gone' | null> {
  const { pid, project, version } = wanted;
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (handle === null) return null;
  try {
    const why = distrustOf(await handle.stat(), 0o077);
    if (why !== null) return { kind: 'untrusted', pid, file, why };
    const value = parsed(await handle.readFile('utf8'));
    const head = entryHead.safeParse(value);
    if (!head.success || head.data.pid !== pid || head.data.project !== project) return 'gone';
    if (!isSameProcess(pid, head.data.mark)) return 'gone';
    if (head.data.version !== version) return { kind: 'version', pid, version: head.data.version };
    const whole = hostEntry.safeParse(value);
    return whole.success ? { kind: 'host', pid, entry: whole.data } : 'gone';
  } finally {
    await handle.close();
  }
}

/** Why something that only this user may touch cannot be relied on; null where it can. Windows keeps the user's own folder apart. */
function distrustOf(stats: Stats, others: number): string | null {
  if (process.getuid === undefined) return null;
  if (stats.uid !== process.getuid()) return `it belongs to user ${stats.uid}`;
  const mode = stats.mode & 0o777;
  return (mode & others) === 0 ? null : `its mode is 0${mode.toString(8)}, so others may read or write it`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
