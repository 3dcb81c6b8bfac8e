import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Teal } from './support';

/** A copy of a compat case's project in the test's own folder. */
export function copyCase(teal: Teal, name: string): string {
  const dir = join(teal.dir, name);
  cpSync(resolve('test/compat/cases', name, 'project'), dir, { recursive: true });
  return dir;
}

/** Lays the files of one of a case's edits over its project. */
export function editCase(dir: string, name: string, step: number): void {
  cpSync(resolve('test/compat/cases', name, 'edits', String(step)), dir, { recursive: true });
}
