MODEL (
  name fdr.cast_sum,
  kind FULL
);

SELECT SUM(n) + 1 AS n FROM fdr.melt
