import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitState } from '../../shared/service/platform';

const patience = 3000;

// A stranger's folder may name programs that Git would start; none of these runs.
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'commit.gpgsign=false',
];

/** What `git` prints, or null where it fails, is not there or takes more than three seconds. */
function runGit(dir: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
    const options = { cwd: dir, env, timeout: patience, maxBuffer: 64 << 20, windowsHide: true };
    execFile('git', [...harmless, ...args], options, (error, out) => done(error ? null : out));
  });
}

/** Branch, short commit and number of changed files below a folder; null where it is under no Git. */
export async function gitState(dir: string): Promise<GitState | null> {
  if (!mayBeInGit(dir)) return null;
  const inGit = await runGit(dir, ['rev-parse', '--is-inside-work-tree']);
  if (inGit?.trim() !== 'true') return null;
  const [head, commit, changedFiles] = await Promise.all([
    runGit(dir, ['symbolic-ref', '--short', '-q', 'HEAD']),
    runGit(dir, ['rev-parse', '--short', '-q', '--verify', 'HEAD']),
    countChanged(dir),
  ]);
  return { branch: head?.trim() || '(detached)', commit: commit?.trim() ?? '', changedFiles };
}

/** Whether Git has anything to look at: asking it where there is no repository far and wide takes a process for nothing. */
function mayBeInGit(dir: string): boolean {
  if (process.env.GIT_DIR !== undefined || existsSync(join(dir, '.git'))) return true;
  return dirname(dir) !== dir && mayBeInGit(dirname(dir));
}

// Filters of the repository's own configuration are programs, and `git status` would run them: then nothing is counted.
async function countChanged(dir: string): Promise<number> {
  const programs = await runGit(dir, [
    'config',
    '--local',
    '--name-only',
    '--get-regexp',
    '^(filter|include|includeif)[.]',
  ]);
  if (programs?.trim()) return 0;
  const status = await runGit(dir, ['status', '--porcelain', '--', '.']);
  return (status ?? '').split('\n').filter((line) => line !== '').length;
}

/** Puts a new folder under Git, with a first commit where Git knows a name to sign it with; does nothing inside a repository. */
export async function startGit(dir: string): Promise<void> {
  if ((await runGit(dir, ['rev-parse', '--is-inside-work-tree'])) !== null) return;
  if ((await runGit(dir, ['init', '-q'])) === null) return;
  const known = (await runGit(dir, ['config', 'user.name'])) && (await runGit(dir, ['config', 'user.email']));
  if (!known) return;
  await runGit(dir, ['add', '-A']);
  await runGit(dir, ['commit', '-q', '-m', 'New project']);
}
