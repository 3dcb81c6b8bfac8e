MODEL (
  name fdr.cast_sum,
  kind FULL
);

SELECT SUM(n) AS n FROM fdr.melt
