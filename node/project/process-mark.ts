import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './glob';

/**
 * What tells a process from a later one with the same number: when it was started, and on Linux in which run of the machine. Null
 * where there is no such process or the system does not tell.
 */
export function processMark(pid: number): string | null {
  if (process.platform === 'linux') return linuxMark(pid);
  return process.platform === 'darwin' ? macMark(pid) : null;
}

/** Whether a process of this number runs now, and is the one with this mark, as far as that can be known. */
export function isSameProcess(pid: number, mark: string | null): boolean {
  if (!isRunning(pid)) return false;
  if (mark === null) return true;
  const now = processMark(pid);
  return process.platform === 'linux' ? now === mark : now === null || now === mark;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

// After the program's name in brackets, which may hold anything: the state first, the start in ticks since the machine's as the 20th.
function linuxMark(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}

function macMark(pid: number): string | null {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: 3000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    return started.trim() || null;
  } catch {
    return null;
  }
}
