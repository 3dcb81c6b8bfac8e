import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAtomic } from '../../node/project/atomic-file';
import { scratch } from './support';

let place: ReturnType<typeof scratch>;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

// Reads as fast as it can until told to stop; counts whole and torn contents.
const reader = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { readFileSync } = require('node:fs');
  const stop = new Int32Array(workerData.stop);
  const seen = { reads: 0, torn: 0, versions: new Set() };
  parentPort.postMessage('ready');
  while (Atomics.load(stop, 0) === 0) {
    const text = readFileSync(workerData.path, 'utf8');
    seen.reads += 1;
    if (text.length !== 200000 || new Set(text).size !== 1) seen.torn += 1;
    seen.versions.add(text[0]);
  }
  parentPort.postMessage({ ...seen, versions: seen.versions.size });
`;

it('shows readers the old or the new file, never a part', async () => {
  const path = join(place.dir, 'a.txt');
  const text = (index: number) => String.fromCharCode(97 + (index % 26)).repeat(200_000);
  await writeAtomic(path, text(0));
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(reader, { eval: true, workerData: { path, stop } });
  await new Promise((resolve) => worker.once('message', resolve));
  const report = new Promise<{ reads: number; torn: number; versions: number }>((resolve) =>
    worker.once('message', resolve),
  );
  for (let index = 1; index <= 60; index += 1) await writeAtomic(path, text(index));
  Atomics.store(new Int32Array(stop), 0, 1);
  const seen = await report;
  expect(seen.torn).toBe(0);
  expect(seen.reads).toBeGreaterThan(10);
  expect(seen.versions).toBeGreaterThan(1);
  await worker.terminate();
});

it('lets the last of several writers win, whole', async () => {
  const path = join(place.dir, 'b.txt');
  await Promise.all(Array.from({ length: 20 }, (_, index) => writeAtomic(path, `${index}`.repeat(10_000))));
  expect(new Set(readFileSync(path, 'utf8').match(/(\d+?)\1*$/)?.[1])).toBeDefined();
  expect(readdirSync(place.dir)).toEqual(['b.txt']);
});
