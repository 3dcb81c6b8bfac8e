import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { createNodePlatform } from '../../node/project/node-platform';
import { answerCall } from '../../shared/protocol/port';
import { createService } from '../../shared/service/service';

test('a file written just before a project is opened again is seen, though the watcher never told of it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'teal-late-'));
  const dir = join(home, 'project');
  mkdirSync(join(dir, 'models'), { recursive: true });
  writeFileSync(join(dir, 'config.yaml'), 'model_defaults:\n  dialect: duckdb\n');
  writeFileSync(join(dir, 'models/a.sql'), 'MODEL (name mart.a, kind FULL);\nSELECT 1 AS a\n');
  const env = { ...process.env, TEAL_STATE_DIR: join(home, 'state') };
  const platform = createNodePlatform({ version: 'test', way: 'test', openEngine: openNativeEngine, env });
  const service = createService({
    ...platform,
    openFolder: async (path) => ({ ...(await platform.openFolder(path)), watch: () => () => undefined }),
  });
  const call = async (id: string, input: unknown) => {
    const context = { call: '1', signal: new AbortController().signal, progress: () => undefined };
    const result = await answerCall({ service, id, input, context });
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return result.value;
  };
  try {
    expect(await call('project.open', { dir })).toMatchObject({ models: 1 });
    writeFileSync(join(dir, 'models/b.sql'), 'MODEL (name mart.b, kind FULL);\nSELECT 2 AS b\n');
    const [again] = await Promise.all([call('project.open', { dir }), call('project.open', { dir })]);
    expect(again).toMatchObject({ models: 2 });
    expect(await call('model.read', { model: 'mart.b' })).toMatchObject({ id: 'mart.b' });
  } finally {
    await service.close();
    rmSync(home, { recursive: true, force: true });
  }
});
