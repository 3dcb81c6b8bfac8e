import { type Fault, fault } from '../../shared/base/errors';

/** Whether a call of the browser's storage failed since something is not there. */
export function isMissing(thrown: unknown): boolean {
  return nameOf(thrown) === 'NotFoundError' || nameOf(thrown) === 'TypeMismatchError';
}

/** Whether a file that was found could not be read since another took its place. */
export function isReplaced(thrown: unknown): boolean {
  return isMissing(thrown) || nameOf(thrown) === 'NotReadableError';
}

/** Runs a call; what is not there gives null. */
export async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** A failed write as a fault: `engine.disk_full` or `project.write_failed`. */
export function writeFault(thrown: unknown, path: string): unknown {
  const names = ['QuotaExceededError', 'NoModificationAllowedError', 'InvalidStateError', 'NotFoundError'];
  if (!names.includes(nameOf(thrown))) return thrown;
  const more = { place: { file: path }, kept: 'What was there before is untouched.', cause: String(thrown) };
  if (nameOf(thrown) === 'QuotaExceededError')
    return fault('engine.disk_full', `The browser's storage has no room for ${lastPart(path)}.`, {
      ...more,
      remedy: 'Download projects and remove them here, or free space on the disk.',
    });
  return fault('project.write_failed', `${lastPart(path)} could not be written.`, {
    ...more,
    remedy: 'Close other tabs that use it, then try again.',
  });
}

/** A raw file that is not there. */
export function fileMissing(path: string, why: string): Fault {
  return fault('source.file_missing', `${lastPart(path)} ${why}.`, {
    place: { file: path },
    kept: 'Nothing was kept of it; snapshots stay as they are.',
    remedy: 'Add the file again.',
  });
}

export function calledOff(path: string): Fault {
  return fault('cancelled', 'Cancelled.', { kept: `${lastPart(path)} stays as it is.` });
}

function lastPart(path: string): string {
  return path.replace(/^.*\//, '');
}

function nameOf(thrown: unknown): string {
  return thrown instanceof DOMException ? thrown.name : '';
}
