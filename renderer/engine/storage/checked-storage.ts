// Past the room that a browser gives, a write to its storage may do nothing and say so by a number alone, which the engine does
// not look at. Here it fails, and whoever asks for a flush is told that something was not written.

import type { FlushAnswer } from './flush';

const { createSyncAccessHandle } = FileSystemFileHandle.prototype;
const { write, truncate } = FileSystemSyncAccessHandle.prototype;
const handles = new Set<FileSystemSyncAccessHandle>();
let unwritten = false;

FileSystemFileHandle.prototype.createSyncAccessHandle = async function (...options) {
  const handle = await createSyncAccessHandle.apply(this, options);
  handles.add(handle);
  return handle;
};

FileSystemSyncAccessHandle.prototype.write = function (data, options) {
  return checked(() => {
    const written = write.call(this, data, options);
    return written === data.byteLength ? written : undefined;
  });
};

FileSystemSyncAccessHandle.prototype.truncate = function (size) {
  checked(() => {
    truncate.call(this, size);
    return this.getSize() === size ? size : undefined;
  });
};

/** How long a write is tried again: the page itself takes all the room for an instant when it measures how much there is. */
const PATIENCE = 300;

function checked(work: () => number | undefined): number {
  try {
    for (const until = performance.now() + PATIENCE; performance.now() < until; ) {
      const done = work();
      if (done !== undefined) return done;
    }
  } catch (thrown) {
    unwritten = true;
    throw thrown;
  }
  unwritten = true;
  throw new DOMException('The storage of the browser is full.', 'QuotaExceededError');
}

// Before the engine's own listener, which knows nothing of such messages.
self.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.data !== 'flush') return;
  event.stopImmediatePropagation();
  const answer: FlushAnswer = unwritten ? 'unwritten' : flushAll();
  event.ports[0]?.postMessage(answer);
});

function flushAll(): FlushAnswer {
  try {
    for (const handle of handles) flushOpen(handle);
    return 'written';
  } catch {
    unwritten = true;
    return 'unwritten';
  }
}

// A handle that was closed has nothing left to write.
function flushOpen(handle: FileSystemSyncAccessHandle): void {
  try {
    handle.flush();
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'InvalidStateError')) throw thrown;
    handles.delete(handle);
  }
}
