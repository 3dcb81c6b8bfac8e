MODEL (
  name fdr.cast_sum,
  kind FULL
);

SELECT SUM(ERROR('no')::INT) AS n FROM fdr.melt
