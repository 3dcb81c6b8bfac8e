import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { engineContract } from './suite';

let folder = '';
let opened = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teal-contract-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

engineContract('native file', { test, expect, afterAll }, () => {
  opened += 1;
  return openNativeEngine({ path: join(folder, `warehouse-${opened}.duckdb`), allowedDirectories: [folder] });
});

engineContract('native in memory', { test, expect, afterAll }, () =>
  openNativeEngine({ path: ':memory:', allowedDirectories: [] }),
);
