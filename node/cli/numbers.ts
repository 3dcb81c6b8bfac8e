import { fault } from '../../shared/base/errors';

/** The whole number that an option was given, or a plain refusal. */
export function wholeNumber(option: string, text: string, range: { least: number; most: number }): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= range.least && value <= range.most)
    return value;
  throw fault(
    'usage.invalid',
    `${option} takes a whole number from ${range.least} to ${range.most}, not ${text === '' ? 'nothing' : text}.`,
    { kept: 'Nothing was done.' },
  );
}

/** The number of a release, as `7` or `release 7`. */
export function releaseNumber(option: string, text: string): number {
  return wholeNumber(option, text.replace(/^release\s+/i, ''), { least: 1, most: 1e9 });
}
