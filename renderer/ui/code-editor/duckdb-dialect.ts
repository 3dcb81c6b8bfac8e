import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';

const MORE =
  ' asof anti semi qualify pivot unpivot exclude replace sample using positional summarize describe macro model audit';

/** DuckDB's SQL as the editor colours it, with `@macros` and the words of model files. */
export const duckdb = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: (PostgreSQL.spec.keywords ?? '') + MORE,
  specialVar: '@',
});
