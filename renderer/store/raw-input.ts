import { pathOf } from './shell';
import { type UploadOptions, uploadFiles } from './upload';

/** What becomes a source: files that the page holds, or paths that the host can read by itself. */
export type RawInput = File | string;

/** The input of `source.import`: paths as they are, and the rest sent to the host first. Throws a Fault. */
export async function sendInput(
  input: readonly RawInput[],
  options: UploadOptions = {},
): Promise<{ paths: string[]; uploads: string[] }> {
  const placed = input.map((item) => (typeof item === 'string' ? item : pathOf(item) || item));
  const paths = placed.filter((item) => typeof item === 'string');
  const files = placed.filter((item) => typeof item !== 'string');
  return { paths, uploads: await uploadFiles(files, options) };
}
