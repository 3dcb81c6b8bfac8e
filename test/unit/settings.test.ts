import { describe, expect, it } from 'vitest';
import { DAY } from '../../shared/base/time';
import { readSettings } from '../../shared/project/settings';

const read = (text: string) => readSettings(new Map([['config.yaml', text]]));

describe('settings of config.yaml', () => {
  it('are those of SQLMesh where nothing is said', () => {
    expect(read('')).toEqual({
      ok: true,
      value: {
        linter: { enabled: false, rules: [], warnRules: [], ignoredRules: [] },
        format: {},
        environmentTtl: 7 * DAY,
        retention: 7 * DAY,
        pinned: [],
      },
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

  it('names may be one or many, in any case', () => {
    const text =
      'linter:\n  enabled: true\n  rules: NoSelectStar\n  warn_rules: [A, b]\npinned_environments: Dev\n';
    expect(read(text)).toMatchObject({
      value: { linter: { enabled: true, rules: ['noselectstar'], warnRules: ['a', 'b'] }, pinned: ['dev'] },
    });
  });

  it.each(['environment_ttl: soon', 'snapshot_ttl: -1 days', 'linter: [a', 'linter:\n  enabled: maybe'])(
    '%s is said with its file',
    (text) => {
      expect(read(text)).toMatchObject({
        ok: false,
        problem: { code: 'config.invalid', place: { file: 'config.yaml' } },
      });
    },
  );
});
