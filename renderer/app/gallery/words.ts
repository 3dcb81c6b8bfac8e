/** Longer than any room it is given. */
export const LONG =
  'Recompute the discounts of all combo menus that were sold in February and March and compare them with what is live';

/** What a control of the gallery does. */
export function nothing(): void {
  // A specimen is looked at.
}
