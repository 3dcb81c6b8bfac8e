import { describe, expect, test } from 'vitest';
import { effectsOfImpact, isDirect, overlayEdit } from '../../../renderer/features/canvas/effect/effect';
import { effectSummary, effectTag, planLabel } from '../../../renderer/features/canvas/effect/effect-words';
import { targetEnvironment } from '../../../renderer/features/canvas/toolbar/target-environment';
import type { AffectedModel, Impact, NodeView, Overview } from '../../../shared/protocol/views/project';

const span = { from: '2025-02-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z' };

function touched(model: string, change: AffectedModel['change'], days: number | null): AffectedModel {
  return { model, change, days, ofDays: days === null ? null : 90, spans: [span] };
}

const impact: Impact = {
  model: 'mart.fact',
  change: 'breaking',
  reason: '',
  seconds: 3.2,
  problem: null,
  affected: [
    touched('mart.fact', 'breaking', 59),
    touched('mart.daily', 'indirect_breaking', 59),
    touched('mart.report', 'indirect_breaking', null),
    touched('mart.wide', 'indirect_non_breaking', 0),
  ],
};

function affected(isFirst = false) {
  const effects = effectsOfImpact(impact);
  return { effects, marks: effects, editing: undefined, seconds: 3.2, isFirst };
}

describe('what an edit touches', () => {
  test('leaves out what keeps its rows', () => {
    expect([...effectsOfImpact(impact).keys()]).toEqual(['mart.fact', 'mart.daily', 'mart.report']);
  });

  test('takes the place of what was saved, for the edited model and below it only', () => {
    const saved = new Map([...effectsOfImpact(impact)].map(([id, effect]) => [id, { ...effect, days: 1 }]));
    const other = { ...impact, affected: [touched('stg.other', 'breaking', 1)] };
    const edit = effectsOfImpact({ ...impact, affected: [touched('mart.daily', 'breaking', 2)] });
    const both = overlayEdit(
      new Map([...saved, ...effectsOfImpact(other)]),
      edit,
      new Set(['mart.fact', 'mart.daily', 'mart.report']),
    );
    expect([...both].map(([id, effect]) => [id, effect.days])).toEqual([
      ['stg.other', 1],
      ['mart.daily', 2],
    ]);
  });

  test('is said with how many, how much of the history, and how long', () => {
    expect(effectSummary(affected())).toEqual({
      lead: '2 models affected',
      rest: '59 of 90 days, about 3 s to fill',
    });
    expect([...affected().effects.values()].filter(isDirect)).toHaveLength(1);
  });

  test('is nothing to compute where a shadow has the rows already', () => {
    const [effect] = effectsOfImpact({
      ...impact,
      affected: [{ ...touched('mart.fact', 'breaking', 0), spans: [] }],
    }).values();
    const node = { kind: 'FULL' } as unknown as NodeView;
    expect(effect && effectTag(effect, node)).toBe('Changed: filled already');
    const effects = new Map(effect ? [['mart.fact', effect]] : []);
    expect(effectSummary({ ...affected(), effects }).rest).toBe('filled already');
  });

  test('the button says all that it does', () => {
    expect(planLabel(affected(), 0)).toBe('Plan backfill of 3 models');
    expect(planLabel(affected(), 1)).toBe('Save and plan backfill of 3 models');
    expect(planLabel(affected(true), 2)).toBe('Save 2 files and fill 3 models');
    expect(planLabel(affected(true), 0)).toBe('Fill 3 models');
  });
});

describe('the environment to fill', () => {
  const prod = { name: 'prod', live: true, differing: 0, filledAt: null, baseRelease: null };

  function overview(branch: string | null, liveRelease: number | null = 1): Overview {
    const git = branch === null ? null : { branch, commit: 'abc', changedFiles: 0 };
    return { environments: [prod], liveRelease, git } as unknown as Overview;
  }

  test('is prod while nothing is live, else never prod', () => {
    expect(targetEnvironment(overview('fix', null), 'prod')).toBe('prod');
    expect(targetEnvironment(overview('fix'), 'prod')).toBe('fix');
    expect(targetEnvironment(overview('fix'), 'shadow_1')).toBe('shadow_1');
  });

  test('is named after the branch where that makes a name', () => {
    expect(targetEnvironment(overview('fix-Discount'), 'prod')).toBe('fix_discount');
    expect(targetEnvironment(overview('123/big_fix!'), 'prod')).toBe('big_fix');
    for (const branch of [null, 'main', 'master', 'prod', '123', '']) {
      expect(targetEnvironment(overview(branch), 'prod'), String(branch)).toBe('dev');
    }
  });
});
