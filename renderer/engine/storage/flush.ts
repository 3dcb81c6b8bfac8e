/** Whether everything that the engine wrote is in the storage. */
export type FlushAnswer = 'written' | 'unwritten';

/** Brings everything that the engine's worker wrote onto the disk, and gives whether all of it was written. */
export function flushStorage(worker: Worker): Promise<FlushAnswer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<FlushAnswer>) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage('flush', [port2]);
  });
}
