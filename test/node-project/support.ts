import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Fault, type Problem } from '../../shared/base/errors';

/** A folder that is gone with `remove`. */
export function scratch(): {
  readonly dir: string;
  write(path: string, text: string | Uint8Array): string;
  remove(): void;
} {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'teal-project-')));
  return {
    dir,
    write(path, text) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
      return join(dir, path);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export async function problemOf(call: () => unknown): Promise<Problem | null> {
  try {
    await call();
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem;
    throw thrown;
  }
}

export function git(dir: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...who, ...args], { cwd: dir, encoding: 'utf8', env });
}
