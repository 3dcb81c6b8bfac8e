// The engine's worker, with storage that tells when it did not write. The engine listens once it is loaded; what comes before waits.
import './checked-storage';
import engine from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

const early: MessageEvent[] = [];
const keep = (event: MessageEvent): void => void early.push(event);
self.addEventListener('message', keep);

await import(/* @vite-ignore */ new URL(engine, self.location.href).href);

self.removeEventListener('message', keep);
for (const event of early) self.onmessage?.call(self, event);
