import type { Problem } from './errors';

/** A value or an expected failure. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed<T = never>(problem: Problem): Result<T> {
  return { ok: false, problem };
}
