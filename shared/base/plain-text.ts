/** A text that is the same for two values only if they are alike in all that JSON can say, and in numbers that it cannot. */
export function plainText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? `\u0000${part}` : part,
  );
}

/** Whether JSON can carry a value there and back. */
export function isPlain(value: unknown): boolean {
  return plainText(value) === JSON.stringify(value);
}
