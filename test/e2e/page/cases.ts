import type { Tree } from '../../../renderer/worker/tree';
import { Fault } from '../../../shared/base/errors';
import type { Platform } from '../../../shared/service/platform';
import { folderCases } from './cases-folder';
import { storageCases } from './cases-storage';

/** What a case has in its worker: an empty storage, and the platform over it. */
export interface Tools {
  readonly tree: Tree;
  readonly platform: Platform;
}

export type Case = (tools: Tools) => Promise<void>;

/** Each runs in a worker of a real browser, over a storage of its own. */
export const cases: Readonly<Record<string, Case>> = { ...folderCases, ...storageCases };

/** The code of the fault that a call ends in; empty where it does not fail. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return '';
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem.code;
    throw thrown;
  }
}

export function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`is ${is}, should be ${should}`);
}

/** Sends a file as the window does, in pieces. */
export async function send(platform: Platform, name: string, content: Uint8Array): Promise<string> {
  const upload = await platform.beginUpload(name, content.length);
  for (let at = 0; at < content.length; at += 1000)
    await platform.writeUpload(upload, at, content.slice(at, at + 1000));
  return platform.uploadPath(upload);
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
