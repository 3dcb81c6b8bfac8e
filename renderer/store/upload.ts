import { callHost } from './host';

const CHUNK = 1024 * 1024;

/** How far the sending of several files is, in bytes of all of them. */
interface UploadProgress {
  readonly file: string;
  readonly sent: number;
  readonly total: number;
}

export interface UploadOptions {
  readonly signal?: AbortSignal;
  progress?(progress: UploadProgress): void;
}

/** Sends files to the host in pieces of 1 MB and gives the ids that `source.import` takes. Throws a Fault. */
export async function uploadFiles(files: readonly File[], options: UploadOptions = {}): Promise<string[]> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const uploads: string[] = [];
  let before = 0;
  for (const file of files) {
    const start = before;
    uploads.push(
      await uploadFile(file, total - before - file.size, {
        ...(options.signal ? { signal: options.signal } : {}),
        report: (sent) => options.progress?.({ file: file.name, sent: start + sent, total }),
      }),
    );
    before += file.size;
  }
  return uploads;
}

async function uploadFile(
  file: File,
  ahead: number,
  options: { readonly signal?: AbortSignal; report(sent: number): void },
): Promise<string> {
  const { signal } = options;
  const call = signal ? { signal } : {};
  const { upload } = await callHost('upload.begin', { name: file.name, bytes: file.size, ahead }, call);
  let offset = 0;
  while (offset < file.size) {
    signal?.throwIfAborted();
    const data = new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer());
    const { received } = await callHost('upload.chunk', { upload, offset, data }, call);
    if (received <= offset) throw new Error(`The host took no more of ${file.name}.`);
    offset = received;
    options.report(offset);
  }
  return upload;
}
