import { describe, expect, it } from 'vitest';
import { keepsValues, sameType } from '../../shared/sql/column-types';

describe('a change of a column type', () => {
  it.each([
    ['INT', 'INTEGER', true, true],
    ['VARCHAR', 'text', true, true],
    ['VARCHAR(10)', 'VARCHAR', true, true],
    ['DECIMAL', 'DECIMAL(18, 3)', true, true],
    ['DECIMAL(8,2)', 'DECIMAL(12, 2)', true, false],
    ['DECIMAL(8,2)', 'DECIMAL(6, 2)', false, false],
    ['DECIMAL(8,2)', 'DECIMAL(12, 1)', false, false],
    ['INT', 'BIGINT', false, false],
    ['INT', 'INT[]', false, false],
    ['INT4[]', 'INTEGER[]', true, true],
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', false, false],
    ['STRUCT(a INT)', 'STRUCT(a INT)', true, true],
    ['STRUCT(a INT)', 'STRUCT(a INT, b INT)', false, false],
  ])('%s to %s', (before, now, keeps, same) => {
    expect(keepsValues(before, now)).toBe(keeps);
    expect(sameType(before, now)).toBe(same);
  });
});
