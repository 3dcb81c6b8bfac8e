// What differs between two plain values, a line each: missing, unexpected, or changed with both values.
import { isRecord } from './format';

/** Objects are compared by their keys, lists as multisets. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return keys.flatMap((key) =>
      differences(expected[key], actual[key], path === '' ? key : `${path} ${key}`),
    );
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  if (show(expected) === show(actual)) return [];
  const where = path === '' ? '' : `${path}: `;
  if (expected === undefined) return [`${where}unexpected ${show(actual)}`];
  if (actual === undefined) return [`${where}missing ${show(expected)}`];
  return [`${where}expected ${show(expected)}, got ${show(actual)}`];
}

function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): string[] {
  const rest = actual.map(show);
  const missing: string[] = [];
  for (const item of expected.map(show)) {
    const at = rest.indexOf(item);
    if (at < 0) missing.push(item);
    else rest.splice(at, 1);
  }
  const parts = [
    ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
    ...(rest.length > 0 ? [`unexpected ${rest.join(', ')}`] : []),
  ];
  return parts.length === 0 ? [] : [`${path === '' ? '' : `${path}: `}${parts.join('; ')}`];
}

/** A value on one line; a pair of moments as a half-open span. */
export function show(value: unknown): string {
  if (Array.isArray(value)) {
    const isSpan =
      value.length === 2 && value.every((item) => typeof item === 'string' && /^\d{4}-\d\d-\d\d /.test(item));
    return isSpan ? `[${value.map(String).map(shortMoment).join(', ')})` : `[${value.map(show).join(', ')}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${key}: ${show(item)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? value : String(value);
}

const shortMoment = (moment: string): string => moment.replace(/ 00:00:00$/, '');
