import { describe, expect, it } from 'vitest';
import { DAY } from '../../shared/base/time';
import { readKeeping } from '../../shared/project/keeping';
import { loadProject } from '../../shared/project/load';

const read = (text: string) =>
  readKeeping(
    loadProject(new Map([['config.yaml', `model_defaults: {dialect: duckdb}\n${text}`]]), 'x').config,
    'config.yaml',
  );

describe('how long things are kept', () => {
  it('is what SQLMesh says where nothing is said', () => {
    expect(read('')).toEqual({
      ok: true,
      value: { environmentTtl: 7 * DAY, retention: 7 * DAY, pinned: [] },
    });
  });

  it.each([
    ['in 1 week', 7 * DAY],
    ['in 30 days', 30 * DAY],
    ['2 hours', 7_200_000],
    ['in a day', DAY],
    ['in 1 month', 30 * DAY],
    ['null', null],
  ])('environment_ttl %s', (text, expected) => {
    expect(read(`environment_ttl: ${text}`)).toMatchObject({ ok: true, value: { environmentTtl: expected } });
  });

  it('snapshot_ttl is the retention; pinned names may be in any case', () => {
    expect(read('snapshot_ttl: in 2 days\npinned_environments: [Dev]\n')).toMatchObject({
      value: { retention: 2 * DAY, pinned: ['dev'] },
    });
  });

  it.each(['environment_ttl: soon', 'snapshot_ttl: 1 fortnight', 'snapshot_ttl: -1 days'])(
    '%s is said with its file',
    (text) => {
      expect(read(text)).toMatchObject({
        ok: false,
        problem: { code: 'config.invalid', place: { file: 'config.yaml' }, kept: 'Nothing was removed.' },
      });
    },
  );
});
