/** The words that begin a clause behind FROM, as they follow each other in a query. */
export const CLAUSES_AFTER_FROM = [
  'where',
  'group',
  'having',
  'window',
  'qualify',
  'order',
  'limit',
  'offset',
];

/** The words between two queries. */
export const SET_OPERATORS = ['union', 'except', 'intersect'];
