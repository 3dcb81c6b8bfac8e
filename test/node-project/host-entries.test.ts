import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type HostEntry, readHostEntries, writeHostEntry } from '../../node/project/host-entries';
import { isSameProcess, processMark } from '../../node/project/process-mark';
import { startBystander } from '../cli/hosts';
import { createFolder } from '../cli/teal';

const PROJECT = '/projects/small';
const OWN: Omit<HostEntry, 'pid' | 'mark'> = {
  project: PROJECT,
  version: '1.0.0',
  way: 'desktop',
  lasts: 'window',
  since: 1,
  port: 4747,
  token: 'secret',
};
const isRoot = process.getuid?.() === 0;

/** An entry as another process would have written it: this one's, under that one's number and mark. */
async function plant(
  state: string,
  pid: number,
  change: Partial<HostEntry> & Record<string, unknown> = {},
): Promise<string> {
  const remove = await writeHostEntry(state, OWN);
  const folder = join(state, 'hosts');
  const [name = ''] = readdirSync(folder).filter((one) => one.endsWith(`-${process.pid}.json`));
  const entry = JSON.parse(readFileSync(join(folder, name), 'utf8')) as HostEntry;
  await remove();
  const file = join(folder, name.replace(`-${process.pid}.`, `-${pid}.`));
  const text = JSON.stringify({ ...entry, pid, mark: processMark(pid), ...change });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

const read = (state: string) => readHostEntries(state, PROJECT, '1.0.0');

it('a host is found by its project, by everyone but itself', async () => {
  const state = createFolder();
  const remove = await writeHostEntry(state, OWN);
  expect(await read(state)).toEqual([]);
  await remove();
  const { pid } = startBystander();
  await plant(state, pid);
  expect(await read(state)).toEqual([{ kind: 'host', pid, entry: { ...OWN, pid, mark: processMark(pid) } }]);
  expect(await readHostEntries(state, '/projects/other', '1.0.0')).toEqual([]);
});

it("an entry is its own user's alone, whatever the umask and the folder were", async () => {
  const state = createFolder();
  const before = process.umask(0);
  try {
    await writeHostEntry(state, OWN);
  } finally {
    process.umask(before);
  }
  const folder = join(state, 'hosts');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  chmodSync(folder, 0o777);
  await writeHostEntry(state, OWN);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it.each([
  ['of another process under the same number', { mark: 'another boot 1' }],
  ['of a process that is gone', { pid: 2 ** 22 + 1 }],
  ['of another number than its file', { pid: 1 }],
  ['without an address', { port: 'none' }],
  ['for another project of the same hash', { project: '/elsewhere' }],
])('an entry %s is removed', async (_name, change) => {
  const state = createFolder();
  const file = await plant(state, startBystander().pid, change as Record<string, unknown>);
  expect(await read(state)).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

it('an entry that is cut short is removed', async () => {
  const state = createFolder();
  const file = await plant(state, startBystander().pid);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect(await read(state)).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

it('of another version only that is told, whatever else it may mean', async () => {
  const state = createFolder();
  const { pid } = startBystander();
  await plant(state, pid, { version: '2.0.0', port: '{"later": true}' as unknown as number });
  expect(await read(state)).toEqual([{ kind: 'version', pid, version: '2.0.0' }]);
});

it.each([0o640, 0o604, 0o620, 0o666])('an entry of mode %o is not relied on, and stays', async (mode) => {
  const state = createFolder();
  const { pid } = startBystander();
  const file = await plant(state, pid);
  chmodSync(file, mode);
  expect(await read(state)).toEqual([
    { kind: 'untrusted', pid, file, why: expect.stringContaining(mode.toString(8)) },
  ]);
  expect(existsSync(file)).toBe(true);
});

it('nothing in a folder that others may write is relied on', async () => {
  const state = createFolder();
  const { pid } = startBystander();
  await plant(state, pid);
  chmodSync(join(state, 'hosts'), 0o770);
  expect(await read(state)).toMatchObject([{ kind: 'untrusted', pid, file: join(state, 'hosts') }]);
});

it.runIf(isRoot)('an entry of another user is not relied on', async () => {
  const state = createFolder();
  const { pid } = startBystander();
  const file = await plant(state, pid);
  chownSync(file, 65534, 65534);
  expect(await read(state)).toMatchObject([{ kind: 'untrusted', why: 'it belongs to user 65534' }]);
});

it('a link in place of an entry is not followed', async () => {
  const [state, other] = [createFolder(), createFolder()];
  const { pid } = startBystander();
  const file = await plant(other, pid);
  await plant(state, startBystander().pid);
  symlinkSync(file, join(state, 'hosts', file.split('/').at(-1) ?? ''));
  expect((await read(state)).map((found) => found.pid)).not.toContain(pid);
});

it('a process is told from a later one by its mark', async () => {
  const child = startBystander();
  const mark = processMark(child.pid);
  expect(isSameProcess(child.pid, mark)).toBe(true);
  expect(isSameProcess(child.pid, null)).toBe(true);
  expect(isSameProcess(process.pid, mark)).toBe(false);
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
  expect([processMark(child.pid), isSameProcess(child.pid, mark)]).toEqual([null, false]);
});
