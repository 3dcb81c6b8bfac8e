/** A cell as text, as it is shown and copied; null and undefined as `null`. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

export function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}
