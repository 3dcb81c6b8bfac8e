import { describe, expect, it } from 'vitest';
import {
  environmentNameProblem,
  heldModels,
  holdingWords,
  keepingWords,
  type Listed,
  newEnvironmentLine,
  suggestEnvironment,
} from '../../../renderer/features/environments/environment-words';

const NOW = Date.parse('2025-04-01T12:00:00Z');
const DONE = { done: [] };
const prod: Listed = {
  ...{ name: 'prod', live: true, plannedAt: null, expiresAt: null, pinned: true, relations: {} },
  models: { 'mart.a': { version: 1, ...DONE }, 'mart.b': { version: 3, ...DONE } },
};
const dev: Listed = {
  ...{ name: 'dev', live: false, plannedAt: '2025-04-01T10:00:00Z', pinned: false, relations: {} },
  expiresAt: '2025-04-08T10:00:00Z',
  models: {
    'mart.a': { version: null, ...DONE },
    'mart.b': { version: 4, ...DONE, doneInDevTable: [], forwardOnly: true },
    'mart.c': { version: 1, ...DONE, doneInDevTable: [] },
  },
};
const view = { name: 'dev', live: false, differing: 2, filledAt: null, baseRelease: 1 };

describe('environments', () => {
  it('hold the models that they show otherwise than prod; trials of forward-only changes are told apart', () => {
    expect(heldModels(dev, [prod, dev])).toEqual([
      { model: 'mart.b', live: 3, own: 4, isPreview: true },
      { model: 'mart.c', live: null, own: 1, isPreview: false },
    ]);
    expect(heldModels(prod, [prod, dev])).toEqual([]);
  });

  it('say how much they differ and how long they stay', () => {
    expect(holdingWords(prod, undefined, NOW)).toBe('live, 2 models');
    expect(holdingWords(dev, view, NOW)).toBe('2 models differ from prod, planned 2 h ago');
    expect(holdingWords(dev, { ...view, differing: 1 }, NOW)).toContain('1 model differs');
    expect(holdingWords(dev, { ...view, differing: 0 }, NOW)).toContain('shows what prod shows');
    expect(keepingWords(prod, NOW)).toBe('');
    expect(keepingWords(dev, NOW)).toBe('ends in 7 days');
    expect(keepingWords({ ...dev, pinned: true }, NOW)).toBe('pinned');
    expect(keepingWords({ ...dev, expiresAt: '2025-04-01T15:00:00Z' }, NOW)).toBe('ends in 3 hours');
    expect(keepingWords({ ...dev, expiresAt: '2025-03-01T00:00:00Z' }, NOW)).toContain('next cleaning');
  });

  it('get names that are free and fit into the names of their views', () => {
    expect(suggestEnvironment(['prod'])).toBe('dev');
    expect(suggestEnvironment(['prod', 'dev', 'dev_2'])).toBe('dev_3');
    expect(environmentNameProblem('qa_1', ['prod'])).toBeUndefined();
    for (const name of ['', 'Dev', '1dev', 'my dev', 'prod', 'dev']) {
      expect(environmentNameProblem(name, ['prod', 'dev']), name).toBeDefined();
    }
  });

  it('are made on the command line too', () => {
    expect(newEnvironmentLine('dev', false, 'prod')).toBe('teal plan dev --auto-apply');
    expect(newEnvironmentLine('qa', true, 'dev')).toBe(
      'teal plan qa --include-unmodified --create-from dev --auto-apply',
    );
  });
});
