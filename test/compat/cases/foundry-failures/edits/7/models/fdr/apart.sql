MODEL (
  name fdr.apart,
  kind FULL,
  audits (forall(criteria := (n < 5)))
);

SELECT COUNT(*) AS n FROM fdr.ore
