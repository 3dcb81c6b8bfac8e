import { describe, expect, it } from 'vitest';
import {
  CHOICES,
  changeGroups,
  changesNote,
  missingWords,
  notRestatedWords,
} from '../../../renderer/features/backfill/change-groups';
import { failedAuditWords, groupFailures } from '../../../renderer/features/backfill/finding-words';
import {
  firstOptions,
  optionsProblem,
  optionsWords,
  planInput,
  planLine,
  selectionsOf,
} from '../../../renderer/features/backfill/plan-options';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { AuditFailureView } from '../../../shared/protocol/views/quality';

const DEV = { environment: 'dev' };
const PROD = { environment: 'prod' };

describe('what is asked of a plan', () => {
  it('is only what somebody set', () => {
    expect(planInput(DEV, firstOptions(DEV), undefined)).toEqual({ environment: 'dev' });
    const options = {
      ...firstOptions(DEV),
      ...{ restate: 'mart.a+, tag:x', start: '2025-02-01', end: '2025-02-28' },
      ...{ forwardOnly: true, effectiveFrom: '2025-03-01', includeUnmodified: true, skipTests: true },
      choices: { 'mart.a': 'NON_BREAKING' as const },
    };
    expect(planInput({ ...DEV, createFrom: 'qa' }, options, 'last')).toEqual({
      ...{ environment: 'dev', createFrom: 'qa', alternative: 'last' },
      ...{ restate: ['mart.a+', 'tag:x'], start: '2025-02-01', end: '2025-02-28' },
      ...{ forwardOnly: true, effectiveFrom: '2025-03-01', includeUnmodified: true },
      choices: { 'mart.a': 'NON_BREAKING' },
    });
    expect(planLine({ ...DEV, createFrom: 'qa' }, options)).toBe(
      'teal plan dev --create-from qa --restate-model mart.a+ tag:x --start 2025-02-01 --end 2025-02-28 --forward-only --effective-from 2025-03-01 --include-unmodified --skip-tests --choice mart.a=NON_BREAKING --auto-apply',
    );
  });

  it('takes a span of prod only where something is computed again', () => {
    const span = { ...firstOptions(PROD), start: '2025-02-01' };
    expect(planInput(PROD, span, undefined)).toEqual({ environment: 'prod' });
    expect(planLine(PROD, span)).toBe('teal plan prod --auto-apply');
    const again = { ...span, restate: 'mart.a' };
    expect(planInput(PROD, again, undefined)).toMatchObject({ start: '2025-02-01', restate: ['mart.a'] });
    expect(optionsWords(PROD, span)).toBe('');
    expect(optionsWords(PROD, again)).toBe('computes again, 2025-02-01 to now');
  });

  it('leaves an effective date out where changes do not apply from then on', () => {
    const options = { ...firstOptions(DEV), effectiveFrom: '2025-03-01' };
    expect(planInput(DEV, options, undefined)).toEqual({ environment: 'dev' });
    expect(optionsProblem({ ...options, effectiveFrom: 'soon' })).toBeUndefined();
    expect(optionsProblem({ ...options, effectiveFrom: 'soon', forwardOnly: true })?.field).toBe(
      'effectiveFrom',
    );
  });

  it('says what is wrong with what is typed', () => {
    expect(optionsProblem(firstOptions(DEV))).toBeUndefined();
    expect(optionsProblem({ ...firstOptions(DEV), start: 'feb' })?.field).toBe('start');
    expect(optionsProblem({ ...firstOptions(DEV), start: '2025-02-02', end: '2025-02-01' })?.text).toBe(
      'Not before the start',
    );
    expect(selectionsOf(' mart.a+ , tag:x\n')).toEqual(['mart.a+', 'tag:x']);
  });

  it('is a backfill file where there is one', () => {
    const brief = { environment: 'fix', brief: 'backfills/fix.yaml' };
    expect(planLine(brief, firstOptions(brief))).toBe('teal backfill backfills/fix.yaml');
  });
});

describe('the changes of a plan', () => {
  const span = { from: '2025-01-01T00:00:00.000Z', to: '2025-01-11T00:00:00.000Z' };
  const plan = {
    decision: {
      newEnvironment: true,
      added: ['mart.new'],
      removed: ['mart.gone'],
      directlyModified: { 'mart.b': 'NON_BREAKING', 'mart.a': 'BREAKING' },
      indirectlyModified: { 'mart.c': 'INDIRECT_BREAKING' },
      metadataUpdated: { 'mart.m': 'METADATA' },
      forwardOnly: ['mart.b'],
      restatements: { 'mart.old': span },
      missingIntervals: { 'mart.a': { count: 10, ranges: [span] }, 'mart.new': { count: 1, ranges: [] } },
      notRestated: { 'mart.seed': 'It cannot be computed again.' },
    },
    reasons: { 'mart.a': 'The query changed.' },
  } satisfies Pick<PlanView, 'decision' | 'reasons'>;

  it('are grouped by what they come from, each with its reason and what is missing', () => {
    const groups = changeGroups(plan);
    expect(groups.map(({ id, models }) => [id, ...models.map(({ model }) => model)])).toEqual([
      ['direct', 'mart.a', 'mart.b'],
      ['indirect', 'mart.c'],
      ['added', 'mart.new'],
      ['metadata', 'mart.m'],
      ['history', 'mart.old'],
      ['removed', 'mart.gone'],
    ]);
    expect(groups[0]?.models[0]).toMatchObject({
      category: 'BREAKING',
      reason: 'The query changed.',
      missing: '10 intervals',
      isForwardOnly: false,
    });
    expect(groups[0]?.models[1]).toMatchObject({ isForwardOnly: true });
    expect(groups[4]?.models[0]).toMatchObject({ restated: '2025-01-01 to 2025-01-10' });
    expect(groups[5]?.models[0]).toMatchObject({ category: null, reason: 'Its file is gone.' });
    expect(changesNote(groups)).toBe('4 changed, 1 new, 1 gone');
  });

  it('say what is missing, what is computed again and what is left out of that', () => {
    expect(missingWords(plan)).toBe('11 intervals missing in 2 models, 1 model computed again');
    expect(notRestatedWords(plan)).toEqual(['seed: It cannot be computed again.']);
  });

  it('can be taken as breaking or not, with what that means', () => {
    expect(CHOICES.map(({ title }) => title)).toEqual(['Breaking', 'Non-breaking']);
  });
});

describe('what a run found', () => {
  const failure = (change: Partial<AuditFailureView>): AuditFailureView => ({
    ...{ id: 'f', run: 'r', model: 'mart.a', audit: 'few', batch: '2025-03-09', blocking: false },
    ...{ failedRows: 2, keptRows: 2, columns: [], at: '2025-04-01T00:00:00Z' },
    ...change,
  });

  it('is told audit by audit, those that stop a fill first', () => {
    const groups = groupFailures([
      failure({ id: '1' }),
      failure({ id: '2', batch: '2025-03-10', failedRows: 3 }),
      failure({ id: '3', audit: 'not_null', blocking: true, failedRows: 1 }),
    ]);
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['3'], ['1', '2']]);
    expect(groups.map(failedAuditWords)).toEqual([
      'failed on a: 1 row in 2025-03-09; that batch was taken back',
      'failed on a: 5 rows in 2 batches; noted only',
    ]);
  });
});
