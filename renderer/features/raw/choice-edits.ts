import type { ReadingChoice } from '../../../shared/protocol/views/raw';

/** Choices as a user wants them, by id; those that say the same as the file's count for nothing. */
export type ChoiceEdits = Readonly<Record<string, string>>;

/** The edits that differ from how the file was read. */
export function changedChoices(choices: readonly ReadingChoice[], edits: ChoiceEdits): ChoiceEdits {
  return Object.fromEntries(
    choices.flatMap(({ id, value }) => {
      const edited = edits[id];
      return edited === undefined || edited === value ? [] : [[id, edited]];
    }),
  );
}

/** The values that the changed choices have now, to go back to them. */
export function formerChoices(choices: readonly ReadingChoice[], changed: ChoiceEdits): ChoiceEdits {
  return Object.fromEntries(choices.flatMap(({ id, value }) => (id in changed ? [[id, value]] : [])));
}

/** A value in the words of its choice. */
export function choiceLabel(choice: ReadingChoice, value: string): string {
  return choice.options.find((option) => option.value === value)?.label ?? (value === '' ? 'none' : value);
}
