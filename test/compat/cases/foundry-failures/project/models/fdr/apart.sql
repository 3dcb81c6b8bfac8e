MODEL (
  name fdr.apart,
  kind FULL
);

SELECT COUNT(*) AS n FROM fdr.ore
