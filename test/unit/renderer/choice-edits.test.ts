import { describe, expect, it } from 'vitest';
import { changedChoices, choiceLabel, formerChoices } from '../../../renderer/features/raw/choice-edits';
import type { ReadingChoice } from '../../../shared/protocol/views/raw';

const delimiter: ReadingChoice = {
  id: 'delimiter',
  label: 'Delimiter',
  value: ',',
  evidence: '9 columns',
  options: [
    { value: ',', label: 'Comma ,' },
    { value: ';', label: 'Semicolon ;' },
  ],
};
const key: ReadingChoice = { id: 'key', label: 'Key', value: '', evidence: '', options: [] };

describe('edits of how a file is read', () => {
  it('count only where they differ from how it was read', () => {
    expect(changedChoices([delimiter, key], { delimiter: ',', key: 'id' })).toEqual({ key: 'id' });
    expect(changedChoices([delimiter, key], {})).toEqual({});
  });

  it('are forgotten for choices that the source does not have', () => {
    expect(changedChoices([key], { delimiter: ';' })).toEqual({});
  });

  it('can be taken back to what was, an empty value too', () => {
    expect(formerChoices([delimiter, key], { delimiter: ';', key: 'id' })).toEqual({
      delimiter: ',',
      key: '',
    });
  });

  it('are said in the words of the choice', () => {
    expect(choiceLabel(delimiter, ';')).toBe('Semicolon ;');
    expect(choiceLabel(delimiter, '#')).toBe('#');
    expect(choiceLabel(key, '')).toBe('none');
  });
});
